import { useSyncExternalStore } from 'react'
import { liveUrl } from '@/api/health'
import { countsOf } from '@/api/queues'
import type { Overview, Rates } from '@/api/types'
import { openStream, type StreamState } from './stream'
import { Topics } from './topics'

/** Ten minutes of seconds: what the charts of a page that stays open can look back on. */
const HISTORY = 600

export interface RatePoint extends Rates {
  at: number
  running: number
  ready: number
}

export interface Live {
  state: StreamState
  overview: Overview | null
  /** When the last word of the server came, by this machine's clock. */
  heardAt: number | null
  history: RatePoint[]
}

let live: Live = { state: 'connecting', overview: null, heardAt: null, history: [] }
const listeners = new Set<() => void>()
const reopenings = new Set<() => void>()
let close: (() => void) | null = null

function set(change: Partial<Live>) {
  live = { ...live, ...change }
  for (const listener of listeners) listener()
}

type WireOverview = Omit<Overview, 'counts'> & { counts: Record<string, number> }

const overviewOf = (raw: WireOverview): Overview => ({ ...raw, counts: countsOf(raw.counts) })

const pointOf = ({ at, running, counts, rates }: Overview): RatePoint => ({
  at: Date.parse(at),
  running,
  ready: counts.ready,
  ...rates,
})

function hear(overview: Overview) {
  set({
    overview,
    heardAt: Date.now(),
    history: [...live.history.slice(1 - HISTORY), pointOf(overview)],
  })
}

/** The server remembers a little of what was before this page was opened. */
function hearPast(samples: Overview[]) {
  const last = live.history.at(-1)?.at ?? 0
  const older = samples.map(pointOf).filter(point => point.at > last)
  const overview = samples.at(-1) ?? live.overview
  set({ overview, heardAt: Date.now(), history: [...live.history, ...older].slice(-HISTORY) })
}

const reopened = () => {
  for (const listener of reopenings) listener()
}

/** What the pages that are open want pushed besides the overview. */
const topics = new Topics(() => {
  if (!close) return
  const old = close
  close = open()
  old()
})

export const wantTopic = topics.want

function open(): () => void {
  let first = true
  return openStream(liveUrl(topics.names()), {
    onEvent: (event, data) => {
      if (event === 'overview') hear(overviewOf(data as WireOverview))
      else if (event === 'past') {
        hearPast((data as { samples: WireOverview[] }).samples.map(overviewOf))
      } else topics.hear(event, data)
    },
    onState: state => {
      // Another stream for another page is no news: only the first one says that it connects.
      if (state === 'connecting' && live.state !== 'connecting') return
      const back = first && state === 'open' && live.state === 'lost'
      if (state === 'open') first = false
      set({ state })
      if (back) reopened()
    },
    onReopen: reopened,
  })
}

/** Opens the one stream that the whole console shares. */
export function startLive(): () => void {
  close ??= open()
  return () => {
    close?.()
    close = null
  }
}

/** Calls back when the connection came back after a loss, so that what is shown can be refreshed. */
export function onReconnect(listener: () => void): () => void {
  reopenings.add(listener)
  return () => reopenings.delete(listener)
}

export const subscribeLive = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const liveOverview = (): Overview | null => live.overview

export const useLive = (): Live => useSyncExternalStore(subscribeLive, () => live)

/** Re-renders only when the selected piece changes. */
export function useLiveState<T>(select: (live: Live) => T): T {
  return useSyncExternalStore(subscribeLive, () => select(live))
}

import { useSyncExternalStore } from 'react'
import type { Queue } from '@/api/types'

const KEPT = 60
/** Two readings nearer than this make a rate of noise. */
const SHORTEST_MS = 500

export interface QueueRate {
  /** Finished tasks a second, now. */
  now: number
  past: number[]
}

let readings = new Map<string, { at: number; done: number }>()
let rates: ReadonlyMap<string, QueueRate> = new Map()
const listeners = new Set<() => void>()

const doneOf = ({ counts }: Queue) => counts.succeeded + counts.dead + counts.cancelled

/** Keeps what a reading of the queues tells about how fast they go; hands the reading on. */
export function noteQueues(queues: Queue[], at = Date.now()): Queue[] {
  const before = readings
  const first = queues[0] && before.get(queues[0].name)
  if (first && at - first.at < SHORTEST_MS) return queues
  readings = new Map(queues.map(queue => [queue.name, { at, done: doneOf(queue) }]))
  rates = new Map(
    queues.map(queue => {
      const old = before.get(queue.name)
      const past = rates.get(queue.name)?.past ?? []
      if (!old) return [queue.name, { now: 0, past }]
      // History is purged: a count may shrink, a rate may not.
      const now = Math.max(0, ((doneOf(queue) - old.done) * 1000) / (at - old.at))
      return [queue.name, { now, past: [...past.slice(1 - KEPT), now] }]
    }),
  )
  for (const listener of listeners) listener()
  return queues
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useQueueRates = () => useSyncExternalStore(subscribe, () => rates)

import { useSyncExternalStore } from 'react'
import type { BulkVerb } from '@/api/types'

/** An action on many tasks that was asked for here. The server's task does it, wherever we go. */
export interface BulkRun {
  id: string
  verb: BulkVerb
}

/** As many as are followed side by side: each has a stream. */
const SHOWN = 2

let runs: readonly BulkRun[] = []
const listeners = new Set<() => void>()

function set(next: readonly BulkRun[]) {
  runs = next
  for (const listener of listeners) listener()
}

export const followBulk = (run: BulkRun) => set([...runs, run].slice(-SHOWN))

export const dismissBulk = (id: string) => set(runs.filter(run => run.id !== id))

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useBulkRuns = () => useSyncExternalStore(subscribe, () => runs)

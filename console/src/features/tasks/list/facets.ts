import { type Queue, type StateCounts, TASK_STATES, type Task, type TaskState } from '@/api/types'
import type { TaskFilters } from '../filters'

export interface Facets {
  total: number | null
  states: Record<TaskState, number> | null
  queues: { name: string; count: number | null }[]
}

/** Counts of the states and queues. They are exact, so there are none for filters they ignore. */
export function facetsOf(
  queues: readonly Queue[] | undefined,
  pushed: StateCounts | undefined,
  filters: TaskFilters,
): Facets {
  const exact = !filters.type && !filters.tag && !filters.q
  const all = queues ?? []
  // The totals of all queues are pushed each second; those of one come with the queues.
  const one = all.find(queue => queue.name === filters.queue)
  const states = filters.queue ? one?.counts : pushed
  const wanted: readonly TaskState[] = filters.states.length ? filters.states : TASK_STATES
  const sum = (queue: Queue) =>
    wanted.reduce((total, state) => total + (queue.counts[state] ?? 0), 0)
  return {
    total: exact && states ? TASK_STATES.reduce((total, state) => total + states[state], 0) : null,
    states: exact ? (states ?? null) : null,
    queues: all.map(queue => ({ name: queue.name, count: exact ? sum(queue) : null })),
  }
}

/** Values that the loaded rows have, most frequent first. */
export function valuesIn(rows: readonly Task[], of: (task: Task) => readonly string[]): string[] {
  const seen = new Map<string, number>()
  for (const task of rows.slice(0, 5000)) {
    for (const value of of(task)) seen.set(value, (seen.get(value) ?? 0) + 1)
  }
  return [...seen].sort((a, b) => b[1] - a[1]).map(([value]) => value)
}

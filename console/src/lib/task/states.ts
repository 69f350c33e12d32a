import type { TaskState } from '@/api/types'

const FINAL: ReadonlySet<TaskState> = new Set(['succeeded', 'dead', 'cancelled'])

/** Nothing happens any more unless somebody asks for it. */
export const isFinal = (state: TaskState): boolean => FINAL.has(state)

export const canCancel = (state: TaskState): boolean => !isFinal(state)

/** Waits for its time; asked for, it goes at once. */
export const isDue = (state: TaskState): boolean => state === 'scheduled' || state === 'retrying'

export const canRetry = (state: TaskState): boolean =>
  state === 'dead' || state === 'cancelled' || isDue(state)

import type { Task, TaskChange } from '@/api/types'
import { isFinal } from './states'

/** A task after a change. What the news do not say follows from its old and new state. */
export function changed(task: Task, change: TaskChange): Task {
  const { state, attempt, progress, error, at } = change
  const next: Task = { ...task, state, attempt, error: error ?? task.error }
  if (state !== 'waiting') next.waitsFor = null
  if (state === 'running') {
    next.progress = progress ?? task.progress
    if (task.state !== 'running' || attempt !== task.attempt) {
      next.startedAt = at
      next.finishedAt = null
      next.durationMs = null
    }
  } else {
    next.progress = null
  }
  if (isFinal(state) && !isFinal(task.state)) {
    next.finishedAt = at
    next.durationMs = next.startedAt
      ? Math.max(0, Date.parse(at) - Date.parse(next.startedAt))
      : null
    next.cancelling = false
  }
  if (state === 'succeeded') next.error = null
  return next
}

/** A task that was not known before, as far as its news tell. */
export function appeared(change: TaskChange): Task {
  const { id, type, queue, state, attempt, tags, progress, error, at, tenant, key, batch } = change
  const final = isFinal(state)
  return {
    id,
    type,
    queue,
    state,
    attempt,
    tags,
    progress: state === 'running' ? progress : null,
    error,
    priority: null,
    crashes: 0,
    cancelling: false,
    uniqueKey: null,
    createdAt: createdAt(id) ?? at,
    runAt: null,
    startedAt: state === 'running' ? at : null,
    finishedAt: final ? at : null,
    durationMs: null,
    tenant,
    key,
    batch,
    waitsFor: null,
    expiresAt: null,
  }
}

/** A UUIDv7 begins with the millisecond in which it was made. */
export function createdAt(id: string): string | null {
  const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return Number.isFinite(ms) && ms > 0 ? new Date(ms).toISOString() : null
}

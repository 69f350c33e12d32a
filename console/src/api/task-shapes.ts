import type { Wire } from './client'
import type { Attempt, Progress, Step, Task, TaskChange, TaskDetail } from './types'

// The server leaves out what is not known, or says 0; the pages see null.

export function progressOf(raw: Wire['Done'] | null | undefined): Progress | null {
  if (!raw) return null
  const { done, total, message } = raw
  return { done, total: total > 0 ? total : null, message: message ?? null }
}

export function taskOf(raw: Wire['TaskItem']): Task {
  return {
    id: raw.id,
    type: raw.type,
    queue: raw.queue,
    priority: raw.priority,
    state: raw.state,
    attempt: raw.attempt,
    crashes: raw.crashes,
    cancelling: raw.cancelling,
    tags: raw.tags,
    uniqueKey: raw.uniqueKey ?? null,
    progress: progressOf(raw.progress),
    error: raw.error ?? null,
    createdAt: raw.createdAt,
    runAt: raw.runAt ?? null,
    startedAt: raw.startedAt ?? null,
    finishedAt: raw.finishedAt ?? null,
    durationMs: raw.durationMs ?? null,
    tenant: raw.tenant ?? null,
    key: raw.key ?? null,
    batch: raw.batch ?? null,
    waitsFor: raw.waitsFor ?? null,
    expiresAt: raw.expiresAt ?? null,
  }
}

export const stepOf = ({ name, startedAt, finishedAt, durationMs }: Wire['StepItem']): Step => ({
  name,
  startedAt,
  finishedAt,
  durationMs,
})

const attemptOf = ({ error, ...attempt }: Wire['AttemptItem']): Attempt => ({
  ...attempt,
  error: error ?? null,
})

export const detailOf = (raw: Wire['TaskDetail']): TaskDetail => ({
  ...taskOf(raw),
  input: raw.input,
  result: raw.result,
  encrypted: raw.encrypted,
  keptUntil: raw.keptUntil ?? null,
  resultKeptUntil: raw.resultKeptUntil ?? null,
  attempts: raw.attempts.map(attemptOf),
  steps: raw.steps.map(stepOf),
  parent: raw.parent ? { ...raw.parent, type: raw.parent.type ?? null } : null,
  before: raw.before,
  after: raw.after,
  children: raw.children,
  errorGroup: raw.errorGroup ?? null,
})

/** News as a stream sends them; the document does not describe the events of streams. */
export interface WireChange
  extends Omit<TaskChange, 'progress' | 'error' | 'tenant' | 'key' | 'batch'> {
  progress?: Wire['Done'] | null
  error?: string | null
  tenant?: string | null
  key?: string | null
  batch?: string | null
}

export const changeOf = (raw: WireChange): TaskChange => ({
  ...raw,
  progress: progressOf(raw.progress),
  error: raw.error ?? null,
  tenant: raw.tenant ?? null,
  key: raw.key ?? null,
  batch: raw.batch ?? null,
})

import type { Attempt, Progress, Step, Task, TaskChange, TaskDetail } from './types'

// The server leaves out what is not known; the pages see null.

type Raw = Record<string, unknown>

export function progressOf(raw: unknown): Progress | null {
  if (!raw) return null
  const { done, total, message } = raw as Raw
  return {
    done: Number(done ?? 0),
    // 0 stands for "not known".
    total: Number(total) > 0 ? Number(total) : null,
    message: (message as string) ?? null,
  }
}

export function taskOf(raw: unknown): Task {
  const task = raw as Raw
  return {
    ...(task as unknown as Task),
    tags: (task.tags as string[]) ?? [],
    priority: (task.priority as number) ?? null,
    crashes: (task.crashes as number) ?? 0,
    cancelling: Boolean(task.cancelling),
    progress: progressOf(task.progress),
    uniqueKey: (task.uniqueKey as string) ?? null,
    runAt: (task.runAt as string) ?? null,
    startedAt: (task.startedAt as string) ?? null,
    finishedAt: (task.finishedAt as string) ?? null,
    durationMs: (task.durationMs as number) ?? null,
    error: (task.error as string) ?? null,
  }
}

export function stepOf(raw: unknown): Step {
  const step = raw as Raw
  return {
    name: String(step.name),
    startedAt: (step.startedAt as string) ?? null,
    finishedAt: (step.finishedAt as string) ?? null,
    durationMs: (step.durationMs as number) ?? null,
  }
}

function attemptOf(raw: unknown): Attempt {
  const attempt = raw as Raw
  return {
    number: Number(attempt.number),
    startedAt: (attempt.startedAt as string) ?? null,
    finishedAt: (attempt.finishedAt as string) ?? null,
    outcome: (attempt.outcome as string) ?? null,
    error: (attempt.error as string) ?? null,
  }
}

export function detailOf(raw: unknown): TaskDetail {
  const { task, input, result, attempts, steps } = raw as Raw
  return {
    ...taskOf(task),
    input,
    result,
    attempts: ((attempts as unknown[]) ?? []).map(attemptOf),
    steps: ((steps as unknown[]) ?? []).map(stepOf),
  }
}

export function changeOf(raw: unknown): TaskChange {
  const change = raw as Raw
  return {
    ...(change as unknown as TaskChange),
    tags: (change.tags as string[]) ?? [],
    progress: progressOf(change.progress),
    error: (change.error as string) ?? null,
  }
}

import type { CrewRun } from '@/api/crew'

export type Kind =
  | 'started'
  | 'stageStarted'
  | 'taskStarted'
  | 'taskCompleted'
  | 'taskFailed'
  | 'taskSkipped'
  | 'syncPassed'
  | 'syncFailed'
  | 'stageCompleted'
  | 'ended'

export interface Happening {
  at: string
  kind: Kind
  stage?: string
  /** The agent of a task. */
  agent?: string
  /** What was concluded, or what went wrong. */
  detail?: string
}

/** Of what happened at the same time: first what ended, then what that let begin. */
const ORDER: Kind[] = [
  'started',
  'taskCompleted',
  'taskSkipped',
  'taskFailed',
  'syncPassed',
  'syncFailed',
  'stageCompleted',
  'stageStarted',
  'taskStarted',
  'ended',
]

/** What happened in a run so far, newest first: also what came before this page was opened. */
export function storyOf(run: CrewRun): Happening[] {
  const all: Happening[] = [{ at: run.startedAt, kind: 'started', detail: run.definition }]
  for (const { name: stage, tasks, sync, state, startedAt, endedAt } of run.stages) {
    if (startedAt) all.push({ at: startedAt, kind: 'stageStarted', stage })
    for (const task of tasks) {
      const { agent } = task
      if (task.startedAt) all.push({ at: task.startedAt, kind: 'taskStarted', stage, agent })
      if (!task.endedAt) continue
      const kind =
        task.state === 'completed'
          ? 'taskCompleted'
          : task.state === 'skipped'
            ? 'taskSkipped'
            : 'taskFailed'
      const detail = task.error ?? conclusionOf(task.result)
      all.push({ at: task.endedAt, kind, stage, agent, detail })
    }
    if (!endedAt) continue
    if (sync?.status === 'passed') {
      all.push({ at: endedAt, kind: 'syncPassed', stage, detail: sync.by ?? undefined })
    }
    if (sync?.status === 'failed') {
      all.push({ at: endedAt, kind: 'syncFailed', stage, detail: sync.failed.join('; ') })
    }
    if (state === 'completed') all.push({ at: endedAt, kind: 'stageCompleted', stage })
  }
  if (run.endedAt) all.push({ at: run.endedAt, kind: 'ended', detail: run.failure ?? undefined })
  return all.sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at) || ORDER.indexOf(b.kind) - ORDER.indexOf(a.kind),
  )
}

function conclusionOf(result: unknown): string | undefined {
  const conclusion = (result as { conclusion?: unknown } | null | undefined)?.conclusion
  return typeof conclusion === 'string' && conclusion ? conclusion : undefined
}

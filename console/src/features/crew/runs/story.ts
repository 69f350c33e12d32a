import type { CrewRun, LogLine } from '@/api/crew'

export type Kind =
  | 'started'
  | 'stageStarted'
  | 'taskStarted'
  | 'taskCompleted'
  | 'taskFailed'
  | 'taskSkipped'
  | 'entryWaiting'
  | 'entryPassed'
  | 'entryFailed'
  | 'processWarned'
  | 'processFailed'
  | 'syncWaiting'
  | 'gateRetried'
  | 'atRisk'
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
  /** Where the run ended, if it did. */
  state?: CrewRun['state']
}

/** The kinds of lines of the log; of those that are left out others tell the same. */
const KINDS: Record<string, Kind> = {
  'workflow.started': 'started',
  'workflow.ended': 'ended',
  'workflow.phase-complete': 'stageCompleted',
  'task.started': 'taskStarted',
  'task.completed': 'taskCompleted',
  'task.failed': 'taskFailed',
  'sync.waiting': 'syncWaiting',
  'sync.passed': 'syncPassed',
  'sync.failed': 'syncFailed',
  'quality.gate-retried': 'gateRetried',
  'quality.gate-at-risk': 'atRisk',
  'quality.gate-warned': 'processWarned',
}

/** The same of gates that are not at the end of a stage. */
const BY_GATE: Record<string, Kind> = {
  'entry sync.waiting': 'entryWaiting',
  'entry sync.passed': 'entryPassed',
  'entry sync.failed': 'entryFailed',
  'process quality.gate-failed': 'processFailed',
}

const ENDS: Record<string, CrewRun['state']> = {
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** What happened in a run, as its log tells it, newest first. */
export function storyOfLog(lines: LogLine[]): Happening[] {
  return lines.flatMap<Happening>(({ at, type, stage, agent, detail, gate }) => {
    const kind = BY_GATE[`${gate} ${type}`] ?? KINDS[type]
    if (!kind) return []
    const told = { at, stage: stage ?? undefined, agent: agent ?? undefined }
    const said = detail ?? undefined
    if (kind === 'ended') {
      const [how, ...why] = (said ?? '').split(': ')
      return [{ ...told, kind, state: ENDS[how ?? ''], detail: why.join(': ') || undefined }]
    }
    if (kind === 'taskCompleted' && said === 'skipped') return [{ ...told, kind: 'taskSkipped' }]
    if (kind === 'syncWaiting' || kind === 'entryWaiting' || kind === 'gateRetried')
      return [{ ...told, kind }]
    return [{ ...told, kind, detail: said }]
  })
}

/** Of what happened at the same time: first what ended, then what that let begin. */
const ORDER: Kind[] = [
  'started',
  'taskCompleted',
  'taskSkipped',
  'taskFailed',
  'entryWaiting',
  'entryPassed',
  'entryFailed',
  'processWarned',
  'processFailed',
  'syncWaiting',
  'gateRetried',
  'atRisk',
  'syncPassed',
  'syncFailed',
  'stageCompleted',
  'stageStarted',
  'taskStarted',
  'ended',
]

/** The same for a run from before there was a log, as its stages tell it. */
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

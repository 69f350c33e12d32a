import type { CrewStage } from '@/api/crew'
import type { RunState } from '@/api/workflows'
import type { Bar } from '@/components/ui/graph/Gantt'
import { milliseconds } from '@/lib/iso-duration'

const STATES: Record<string, RunState> = {
  created: 'waiting',
  waiting: 'waiting',
  running: 'running',
  checking: 'checking',
  retrying: 'running',
  completed: 'succeeded',
  skipped: 'skipped',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** A stage as the bar of a chart. */
export const barOf = (stage: CrewStage): Bar => ({
  name: stage.name,
  status: STATES[stage.state] ?? 'waiting',
  startedAt: stage.startedAt,
  finishedAt: stage.endedAt,
  sync: stage.sync,
  tasks: stage.tasks.map(task => ({ finishedAt: task.endedAt })),
  planned: {
    from: milliseconds(stage.planned.from) ?? 0,
    to: milliseconds(stage.planned.to) ?? 0,
  },
})

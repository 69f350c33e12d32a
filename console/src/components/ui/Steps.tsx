import type { Step, TaskState } from '@/api/types'
import { useNow } from '@/lib/now'
import { type Span, Waterfall } from './Waterfall'

/** The steps of a task in time. One that began and did not end shares the fate of its task. */
export function Steps({ steps, state }: { steps: Step[]; state: TaskState }) {
  const now = useNow()
  const unfinished: Span['tone'] =
    state === 'running' ? 'running' : state === 'cancelled' ? 'cancelled' : 'dead'
  const spans = steps.map<Span>(step => ({
    key: step.name,
    name: step.name,
    startedAt: step.startedAt,
    finishedAt: step.finishedAt,
    durationMs: step.durationMs,
    tone: step.finishedAt ? 'succeeded' : unfinished,
  }))
  return <Waterfall spans={spans} now={now} />
}

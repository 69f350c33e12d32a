import type { Attempt, TaskDetail } from '@/api/types'
import { type Span, Waterfall } from '@/components/ui/Waterfall'
import { useWords } from '@/i18n'
import { useNow } from '@/lib/now'

const TONES = {
  running: 'running',
  succeeded: 'succeeded',
  failed: 'retrying',
  'gave-up': 'dead',
  cancelled: 'cancelled',
  'put-back': 'cancelled',
  interrupted: 'retrying',
  parked: 'dead',
} as const satisfies Record<string, Span['tone']>

type Outcome = keyof typeof TONES

const known = (outcome: string | null): Outcome =>
  outcome !== null && outcome in TONES ? (outcome as Outcome) : 'failed'

/** The runs that ended, and the one under way. */
export function Attempts({ task }: { task: TaskDetail }) {
  const { t } = useWords()
  const now = useNow()
  const spans = withCurrent(task).map<Span>(attempt => {
    const outcome = known(attempt.outcome)
    const { startedAt, finishedAt } = attempt
    return {
      key: String(attempt.number),
      name: `${t('task.attemptNumber', { number: attempt.number })} · ${t(`task.outcome.${outcome}`)}`,
      startedAt,
      finishedAt,
      durationMs: startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null,
      tone: TONES[outcome],
      note: attempt.error,
    }
  })
  return <Waterfall spans={spans} now={now} />
}

function withCurrent({ attempts = [], state, attempt, startedAt }: TaskDetail): Attempt[] {
  if (state !== 'running' || attempts.some(each => each.number === attempt && !each.finishedAt)) {
    return attempts
  }
  return [
    ...attempts,
    { number: attempt, startedAt, finishedAt: null, outcome: 'running', error: null },
  ]
}

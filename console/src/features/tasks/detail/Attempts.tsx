import type { Attempt } from '@/api/types'
import { type Span, Waterfall } from '@/components/ui/Waterfall'
import { useWords } from '@/i18n'
import { useNow } from '@/lib/now'

const OUTCOMES = [
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
  'crashed',
  'timeout',
] as const

type Outcome = (typeof OUTCOMES)[number]

const TONES: Record<Outcome, Span['tone']> = {
  running: 'running',
  succeeded: 'succeeded',
  failed: 'dead',
  cancelled: 'cancelled',
  interrupted: 'retrying',
  crashed: 'dead',
  timeout: 'dead',
}

const known = (outcome: string | null): Outcome =>
  OUTCOMES.find(each => each === outcome) ?? (outcome === null ? 'running' : 'failed')

export function Attempts({ attempts }: { attempts: Attempt[] }) {
  const { t } = useWords()
  const now = useNow()
  const spans = attempts.map<Span>(attempt => {
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

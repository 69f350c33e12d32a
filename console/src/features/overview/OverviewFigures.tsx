import type { Health } from '@/api/types'
import { Figure } from '@/components/ui/Figure'
import { useWords } from '@/i18n'
import { count, duration, exactCount, exactTime, rate } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import { useNow } from '@/lib/now'
import { useQueues } from '@/lib/use-queues'

export function OverviewFigures({ health }: { health: Health | undefined }) {
  const { t, language } = useWords()
  const now = useNow()
  const { queues } = useQueues()
  const rates = useLiveState(live => live.overview?.rates)
  const sum = (state: 'running' | 'ready' | 'dead') =>
    queues ? queues.reduce((total, queue) => total + (queue.counts[state] ?? 0), 0) : null
  const dead = sum('dead')
  const startedAt = health?.startedAt
  return (
    <>
      <Figure
        label={t('overview.running')}
        title={exactCount(sum('running'))}
        tone={sum('running') ? 'running' : undefined}
      >
        {count(sum('running'))}
      </Figure>
      <Figure label={t('overview.ready')} title={exactCount(sum('ready'))}>
        {count(sum('ready'))}
      </Figure>
      <Figure
        label={t('overview.deadCount')}
        title={exactCount(dead)}
        tone={dead ? 'dead' : undefined}
      >
        {count(dead)}
      </Figure>
      <Figure label={t('overview.succeeded')}>{rate(rates?.succeeded)}</Figure>
      {startedAt && (
        <Figure label={t('overview.up')} title={exactTime(startedAt)}>
          {duration(Math.max(1000, now - Date.parse(startedAt)), language)}
        </Figure>
      )}
      {health?.version && <Figure label={t('overview.version')}>{health.version}</Figure>}
    </>
  )
}

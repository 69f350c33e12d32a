import type { Health } from '@/api/health-shapes'
import { Figure } from '@/components/ui/Figure'
import { useWords } from '@/i18n'
import { bytes, count, duration, exactCount, exactTime, percent, rate, UNKNOWN } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import { useNow } from '@/lib/now'

export function OverviewFigures({ health }: { health: Health | undefined }) {
  const { t, language } = useWords()
  const now = useNow()
  const counts = useLiveState(live => live.overview?.counts)
  const rates = useLiveState(live => live.overview?.rates)
  const machine = useLiveState(live => live.overview?.process)
  const sum = (state: 'running' | 'ready' | 'dead') => counts?.[state] ?? null
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
      <Figure label={t('overview.memory')} title={exactCount(machine?.heapBytes)}>
        {bytes(machine?.heapBytes)}
      </Figure>
      <Figure label={t('overview.cpu')}>{machine ? percent(machine.cpu) : UNKNOWN}</Figure>
      {startedAt && (
        <Figure label={t('overview.up')} title={exactTime(startedAt)}>
          {duration(Math.max(1000, now - Date.parse(startedAt)), language)}
        </Figure>
      )}
    </>
  )
}

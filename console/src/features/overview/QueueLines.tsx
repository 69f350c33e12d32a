import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CodeLine } from '@/components/ui/CodeLine'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Sparkline } from '@/components/ui/Sparkline'
import { useWords } from '@/i18n'
import { count, exactCount, rate } from '@/lib/format'
import { useQueueRates } from '@/lib/queue-rates'
import { useQueues } from '@/lib/use-queues'
import styles from './OverviewPage.module.css'

const SHOWN = 8

export function QueueLines() {
  const { t } = useWords()
  const { queues, error, refetch } = useQueues()
  const rates = useQueueRates()
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!queues) return <SkeletonRows rows={4} />
  if (queues.length === 0) {
    return (
      <div className={styles.none}>
        <p>{t('queues.emptyDetail')}</p>
        <CodeLine code="./millrace up --samples" />
      </div>
    )
  }
  const busiest = [...queues].sort((a, b) => weight(b) - weight(a)).slice(0, SHOWN)
  return (
    <div>
      {busiest.map(queue => (
        <Link
          key={queue.name}
          to="/tasks"
          search={{ queue: queue.name }}
          className={`${styles.line} ${styles.queue}`}
        >
          <span className={styles.name} title={queue.name}>
            {queue.name}
            {queue.paused && <span className={styles.label}> · {t('queues.paused')}</span>}
          </span>
          <span className={styles.optional} title={rate(rates.get(queue.name)?.now)}>
            <Sparkline values={rates.get(queue.name)?.past ?? []} span={60} />
          </span>
          <StateCount label={t('overview.running')} value={queue.counts.running} tone="running" />
          <StateCount label={t('overview.ready')} value={queue.counts.ready} />
          <StateCount label={t('overview.deadCount')} value={queue.counts.dead} tone="dead" />
        </Link>
      ))}
    </div>
  )
}

interface StateCountProps {
  label: string
  value: number
  tone?: 'dead' | 'running'
}

function StateCount({ label, value, tone }: StateCountProps): ReactNode {
  return (
    <span className={styles.number} data-tone={value ? tone : undefined} title={exactCount(value)}>
      <span className={styles.label}>{label}</span>
      {count(value)}
    </span>
  )
}

const weight = (queue: { counts: { running: number; ready: number; dead: number } }) =>
  queue.counts.running * 1000 + queue.counts.ready + queue.counts.dead / 1000

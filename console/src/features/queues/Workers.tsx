import { IconCpu } from '@tabler/icons-react'
import { useMemo } from 'react'
import { itemsOf, listPools, type Pool } from '@/api/limits'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, percent } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { usePushed } from '@/lib/use-pushed'
import styles from './QueuesPage.module.css'

type Worker = Pool['workers'][number]

/** What runs handlers: how busy it is, and how the work-stealing workers share. */
export function Workers() {
  const { t } = useWords()
  const { data, error, refetch } = usePushed({
    key: ['pools'],
    topic: 'pools',
    fetch: listPools,
    read: itemsOf<Pool>,
  })
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={6} height={38} />
  if (data.length === 0) return <Empty icon={IconCpu} title={t('workers.none')} />
  return (
    <div className={styles.pools}>
      {data.map(pool => (
        <Section
          key={pool.name}
          title={pool.name === 'cpu' ? t('workers.cpu') : t('workers.io')}
          actions={
            <span>
              {t('workers.running', { running: count(pool.running), size: count(pool.size) })} ·{' '}
              {t('workers.started', { number: count(pool.started) })}
            </span>
          }
        >
          <Meter share={pool.size ? pool.running / pool.size : 0} />
          {pool.workers.length > 0 && <WorkerTable workers={pool.workers} />}
        </Section>
      ))}
    </div>
  )
}

function Meter({ share }: { share: number }) {
  return (
    <span className={styles.share}>
      <span className={styles.wideMeter}>
        <i style={{ transform: `scaleX(${Math.min(1, share)})` }} />
      </span>
      <span>{percent(share)}</span>
    </span>
  )
}

function WorkerTable({ workers }: { workers: Worker[] }) {
  const { t, language } = useWords()
  const columns = useMemo<Column<Worker>[]>(
    () => [
      {
        key: 'number',
        title: t('workers.worker'),
        width: '84px',
        phoneWidth: '64px',
        value: each => each.number,
        cell: each => each.number,
      },
      {
        key: 'atWork',
        title: t('workers.atWork'),
        value: each => each.atWork,
        cell: each => <Meter share={each.atWork} />,
      },
      {
        key: 'busy',
        title: t('workers.busy'),
        width: '112px',
        align: 'end',
        rank: 'second',
        value: each => milliseconds(each.busy) ?? 0,
        cell: each => duration(milliseconds(each.busy), language),
      },
      {
        key: 'started',
        title: t('workers.tasks'),
        width: '96px',
        phoneWidth: '64px',
        align: 'end',
        value: each => each.started,
        cell: each => count(each.started),
      },
      {
        key: 'steals',
        title: t('workers.steals'),
        width: '96px',
        phoneWidth: '56px',
        align: 'end',
        value: each => each.steals,
        cell: each => count(each.steals),
      },
      {
        key: 'depth',
        title: t('workers.depth'),
        width: '96px',
        align: 'end',
        rank: 'second',
        value: each => each.depth,
        cell: each => count(each.depth),
      },
    ],
    [t, language],
  )
  return <DataTable rows={workers} columns={columns} keyOf={each => String(each.number)} />
}

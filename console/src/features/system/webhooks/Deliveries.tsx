import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import { type Delivery, listDeliveries } from '@/api/webhooks'
import { More } from '@/components/ui/More'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { StateBadge } from '@/components/ui/StateBadge'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { shortId, UNKNOWN } from '@/lib/format'
import { wantTopic } from '@/lib/live'
import { useFurther } from '@/lib/use-further'
import styles from './Webhooks.module.css'

const BADGES = { pending: 'retrying', delivered: 'succeeded', failed: 'dead' } as const

/** What a web hook was told, newest first; read again when tasks have changed. */
export function Deliveries({ name }: { name: string }) {
  const { t } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', name, 'deliveries'],
    queryFn: ({ signal }) => listDeliveries(name, undefined, signal),
  })
  useEffect(() => wantTopic('queues', () => void refetch()), [refetch])
  const fetch = useCallback((cursor: string) => listDeliveries(name, cursor), [name])
  const { rows, more, loadMore, loading } = useFurther(data, fetch, each => each.message, name)
  const columns = useMemo<Column<Delivery>[]>(
    () => [
      {
        key: 'event',
        title: t('webhooks.event'),
        cell: each => (
          <span className={styles.name} title={each.error ?? each.message}>
            <b>{each.event}</b>{' '}
            <Link to="/tasks/$id" params={{ id: each.about }} className="mono">
              {shortId(each.about)}
            </Link>
            {each.error && <span className={styles.url}>{each.error}</span>}
          </span>
        ),
      },
      {
        key: 'state',
        title: t('tasks.colState'),
        width: '124px',
        phoneWidth: '104px',
        cell: each => (
          <StateBadge state={BADGES[each.state]} word={t(`webhooks.delivery.${each.state}`)} />
        ),
      },
      {
        key: 'status',
        title: t('webhooks.status'),
        width: '72px',
        align: 'end',
        rank: 'second',
        cell: each => each.status ?? UNKNOWN,
      },
      {
        key: 'attempts',
        title: t('task.attempts'),
        width: '80px',
        align: 'end',
        rank: 'second',
        cell: each => (
          <Link to="/tasks/$id" params={{ id: each.task }}>
            {each.attempts}
          </Link>
        ),
      },
      {
        key: 'at',
        title: t('tasks.colCreated'),
        width: '112px',
        phoneWidth: '84px',
        align: 'end',
        cell: each => <Time at={each.createdAt} />,
      },
    ],
    [t],
  )
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!rows) return <SkeletonRows rows={3} height={38} />
  if (rows.length === 0) return <p>{t('webhooks.noDeliveries')}</p>
  return (
    <>
      <DataTable rows={rows} columns={columns} keyOf={each => each.message} />
      <More more={more} loading={loading} onMore={loadMore} />
    </>
  )
}

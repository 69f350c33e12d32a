import { IconStack2 } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Batch, batchesOf, listBatches } from '@/api/batches'
import { CodeLine } from '@/components/ui/CodeLine'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { More } from '@/components/ui/More'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useFurther } from '@/lib/use-further'
import { usePushed } from '@/lib/use-pushed'
import { BatchBadge } from './BatchBadge'
import { BatchBar } from './BatchBar'
import styles from './Batches.module.css'

const EXAMPLE =
  "curl -H 'Content-Type: application/json' $URL/api/v1/batches -d " +
  `'{"name":"first","tasks":[{"type":"sample.noop"},{"type":"sample.noop"}]}'`

export function BatchesPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { data, error, refetch } = usePushed({
    key: ['batches'],
    topic: 'batches',
    fetch: signal => listBatches(undefined, signal),
    read: batchesOf,
  })
  const { rows, more, loadMore, loading } = useFurther(data, listBatches, batch => batch.id)
  const columns = useMemo<Column<Batch>[]>(
    () => [
      {
        key: 'name',
        title: t('batches.colName'),
        value: batch => batch.name,
        cell: batch => (
          <Link
            to="/batches/$id"
            params={{ id: batch.id }}
            className={styles.name}
            title={batch.name}
          >
            {batch.name}
          </Link>
        ),
      },
      {
        key: 'state',
        title: t('batches.colState'),
        width: '132px',
        phoneWidth: '100px',
        cell: batch => <BatchBadge batch={batch} />,
      },
      {
        key: 'progress',
        title: t('batches.colProgress'),
        width: '220px',
        rank: 'second',
        cell: batch => <BatchBar batch={batch} />,
      },
      {
        key: 'total',
        title: t('batches.colTotal'),
        width: '80px',
        phoneWidth: '60px',
        align: 'end',
        value: batch => batch.total,
        cell: batch => count(batch.total),
      },
      {
        key: 'dead',
        title: t('state.dead'),
        width: '72px',
        align: 'end',
        rank: 'second',
        value: batch => batch.dead,
        cell: batch => (
          <span data-tone={batch.dead ? 'dead' : undefined} className={styles.number}>
            {count(batch.dead)}
          </span>
        ),
      },
      {
        key: 'created',
        title: t('batches.colCreated'),
        width: '112px',
        phoneWidth: '84px',
        align: 'end',
        value: batch => batch.createdAt,
        cell: batch => <Time at={batch.createdAt} />,
      },
    ],
    [t],
  )
  const open = rows?.filter(batch => !batch.finishedAt).length
  return (
    <Page
      title={t('parts.batches')}
      figures={
        <>
          <Figure label={t('parts.batches')}>
            {count(rows?.length)}
            {more && '+'}
          </Figure>
          <Figure label={t('batches.atWork')} tone={open ? 'running' : undefined}>
            {count(open)}
          </Figure>
        </>
      }
    >
      <div className={styles.work}>
        {error && !rows && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!error && !rows && <SkeletonRows rows={8} height={38} />}
        {rows?.length === 0 && (
          <Empty
            icon={IconStack2}
            title={t('batches.emptyTitle')}
            detail={t('batches.emptyDetail')}
          >
            <CodeLine code={EXAMPLE.replace('$URL', location.origin)} />
          </Empty>
        )}
        {rows && rows.length > 0 && (
          <DataTable
            rows={rows}
            columns={columns}
            keyOf={batch => batch.id}
            sortBy={{ key: 'created', descending: true }}
            onOpen={batch => void navigate({ to: '/batches/$id', params: { id: batch.id } })}
          />
        )}
        <More more={more} loading={loading} onMore={loadMore} />
      </div>
    </Page>
  )
}

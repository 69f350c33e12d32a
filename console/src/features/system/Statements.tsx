import { IconDatabase } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { listStatements, statementsOf } from '@/api/store'
import type { Statement } from '@/api/system-types'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, exactCount } from '@/lib/format'
import { usePushed } from '@/lib/use-pushed'
import { StatementDetail } from './StatementDetail'
import styles from './SystemPage.module.css'

const ORDERS = ['top', 'slow'] as const

export function Statements() {
  const { t, language } = useWords()
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('top')
  const [open, setOpen] = useState<string | null>(null)
  const { data, error, refetch } = usePushed({
    key: ['statements', order],
    topic: order === 'top' ? 'statements' : 'slow',
    fetch: signal => listStatements(order, signal),
    read: statementsOf,
  })
  const columns = useMemo<Column<Statement>[]>(() => {
    const time = (
      key: string,
      title: string,
      of: (s: Statement) => number,
      rank?: Column<Statement>['rank'],
    ): Column<Statement> => ({
      key,
      title,
      align: 'end',
      width: '92px',
      rank,
      value: statement => of(statement),
      cell: statement => (
        <span title={`${of(statement)} ms`}>{duration(of(statement), language)}</span>
      ),
    })
    return [
      {
        key: 'sql',
        title: t('system.statement'),
        cell: statement => (
          <code className={styles.sql} title={statement.sql}>
            {statement.sql}
          </code>
        ),
      },
      {
        key: 'count',
        title: t('system.calls'),
        align: 'end',
        width: '84px',
        rank: 'second',
        value: statement => statement.count,
        cell: statement => (
          <span title={exactCount(statement.count)}>{count(statement.count)}</span>
        ),
      },
      time('total', t('system.total'), statement => statement.totalMs),
      time('mean', t('system.mean'), statement => statement.meanMs, 'second'),
      {
        key: 'rows',
        title: t('system.rows'),
        align: 'end',
        width: '84px',
        rank: 'third',
        value: statement => statement.rows,
        cell: statement => <span title={exactCount(statement.rows)}>{count(statement.rows)}</span>,
      },
      time('max', t('system.max'), statement => statement.maxMs, 'second'),
      {
        key: 'last',
        title: t('system.last'),
        align: 'end',
        width: '104px',
        rank: 'third',
        value: statement => statement.lastAt,
        cell: statement => <Time at={statement.lastAt} />,
      },
    ]
  }, [t, language])

  const slow = order === 'slow'
  return (
    <div>
      <div className={styles.bar}>
        {ORDERS.map(each => (
          <button
            key={each}
            type="button"
            className={styles.chip}
            aria-pressed={each === order}
            onClick={() => setOrder(each)}
          >
            {t(`system.${each}`)}
          </button>
        ))}
      </div>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={10} height={38} />}
      {data?.length === 0 && (
        <Empty
          icon={IconDatabase}
          title={t(slow ? 'system.noSlow' : 'system.noStatements')}
          detail={t(slow ? 'system.noSlowDetail' : 'system.noStatementsDetail')}
        />
      )}
      {data && data.length > 0 && (
        <DataTable
          key={order}
          rows={data}
          columns={columns}
          keyOf={statement => statement.key}
          sortBy={{ key: slow ? 'max' : 'total', descending: true }}
          openKey={open}
          onOpen={({ key }) => setOpen(key === open ? null : key)}
          detail={statement => <StatementDetail statement={statement} />}
        />
      )}
    </div>
  )
}

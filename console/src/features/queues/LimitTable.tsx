import { Button } from '@mantine/core'
import { IconGauge } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { itemsOf, type Limit, listLimits, removeLimit } from '@/api/limits'
import { Confirm } from '@/components/ui/Confirm'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, UNKNOWN } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { useAction } from '@/lib/use-action'
import { usePushed } from '@/lib/use-pushed'
import { LimitDialog } from './LimitDialog'
import styles from './QueuesPage.module.css'

interface Props {
  adding: boolean
  onAdd: () => void
  onClose: () => void
}

/** What holds tasks back, and how many it does. */
export function LimitTable({ adding, onAdd, onClose }: Props) {
  const { t, language } = useWords()
  const { data, error, refetch } = usePushed({
    key: ['limits'],
    topic: 'limits',
    fetch: listLimits,
    read: itemsOf<Limit>,
  })
  const [editing, setEditing] = useState<Limit | null>(null)
  const [removing, setRemoving] = useState<Limit | null>(null)
  const remove = useAction(['limits'])
  const columns = useMemo<Column<Limit>[]>(
    () => [
      {
        key: 'name',
        title: t('limits.name'),
        value: each => each.name,
        cell: each => (
          <span className={styles.name} title={each.name}>
            <button
              type="button"
              className={styles.limitName}
              aria-label={`${t('limits.edit')} ${each.name}`}
              onClick={() => setEditing(each)}
            >
              {each.name}
            </button>
            {each.declared && <span className={styles.quiet}>{t('limits.declared')}</span>}
          </span>
        ),
      },
      {
        key: 'of',
        title: t('limits.of'),
        rank: 'second',
        cell: each =>
          [each.queue, each.type, each.perKey && t('limits.eachKey')].filter(Boolean).join(' · '),
      },
      {
        key: 'concurrency',
        title: t('limits.concurrency'),
        width: '88px',
        phoneWidth: '56px',
        align: 'end',
        value: each => each.concurrency ?? 0,
        cell: each => count(each.concurrency),
      },
      {
        key: 'rate',
        title: t('limits.rate'),
        width: '128px',
        phoneWidth: '84px',
        align: 'end',
        cell: each =>
          each.rate
            ? `${count(each.rate.count)} / ${duration(milliseconds(each.rate.per), language)}`
            : UNKNOWN,
      },
      {
        key: 'running',
        title: t('state.running'),
        width: '80px',
        align: 'end',
        rank: 'second',
        value: each => each.running,
        cell: each => count(each.running),
      },
      {
        key: 'waiting',
        title: t('state.waiting'),
        width: '80px',
        phoneWidth: '56px',
        align: 'end',
        value: each => each.waiting,
        cell: each => (
          <Link
            to="/tasks"
            search={{
              state: 'waiting',
              queue: each.queue ?? undefined,
              type: each.type ?? undefined,
            }}
            className={styles.number}
          >
            {count(each.waiting)}
          </Link>
        ),
      },
    ],
    [t, language],
  )
  return (
    <>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={5} height={38} />}
      {data?.length === 0 && (
        <Empty icon={IconGauge} title={t('limits.emptyTitle')} detail={t('limits.emptyDetail')}>
          <Button onClick={onAdd}>{t('limits.new')}</Button>
        </Empty>
      )}
      {data && data.length > 0 && (
        <DataTable
          rows={data}
          columns={columns}
          keyOf={each => each.name}
          sortBy={{ key: 'name', descending: false }}
        />
      )}
      {adding && <LimitDialog onClose={onClose} />}
      {editing && (
        <LimitDialog
          limit={editing}
          onClose={() => setEditing(null)}
          onRemove={() => {
            setEditing(null)
            setRemoving(editing)
          }}
        />
      )}
      <Confirm
        open={removing !== null}
        title={t('limits.removeTitle')}
        subject={removing?.name}
        text={t('limits.removeText')}
        verb={t('limits.remove')}
        onClose={() => setRemoving(null)}
        onConfirm={() =>
          removing &&
          remove.mutate({
            does: () => removeLimit(removing.name),
            said: t('limits.removeDone', { name: removing.name }),
          })
        }
      />
    </>
  )
}

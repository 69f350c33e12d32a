import { IconPuzzle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { listTypeRules, type TypeItem } from '@/api/type-rules'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, UNKNOWN } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import styles from './QueuesPage.module.css'
import { TYPE_RULES, TypeDialog } from './TypeDialog'

/** Task types, with how long and how often they are tried; a click changes that. */
export function TypeTable() {
  const { t, language } = useWords()
  const [editing, setEditing] = useState<TypeItem | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: TYPE_RULES,
    queryFn: ({ signal }) => listTypeRules(signal),
  })
  const columns = useMemo((): Column<TypeItem>[] => {
    const shown = (time: string | null | undefined) => {
      const ms = time ? milliseconds(time) : null
      return ms === null ? UNKNOWN : duration(ms, language)
    }
    return [
      {
        key: 'name',
        title: t('submit.type'),
        value: each => each.name,
        cell: each => (
          <span className={styles.name} title={each.name}>
            <button
              type="button"
              className={styles.limitName}
              aria-label={`${t('limits.edit')} ${each.name}`}
              onClick={() => setEditing(each)}
            >
              <code className={styles.plain}>{each.name}</code>
            </button>
            {Object.values(each.set).some(value => value != null) && (
              <span className={styles.quiet}>{t('types.set')}</span>
            )}
          </span>
        ),
      },
      {
        key: 'queue',
        title: t('queues.name'),
        rank: 'second',
        value: each => each.queue,
        cell: each => (
          <Link to="/tasks" search={{ type: each.name }} className={styles.number}>
            {each.queue}
          </Link>
        ),
      },
      {
        key: 'timeLimit',
        title: t('types.timeLimit'),
        width: '120px',
        phoneWidth: '88px',
        align: 'end',
        cell: each => (each.timeLimit ? shown(each.timeLimit) : t('types.none')),
      },
      {
        key: 'attempts',
        title: t('types.attempts'),
        width: '96px',
        phoneWidth: '56px',
        align: 'end',
        value: each => each.attempts,
        cell: each => (
          <span title={each.retryCases.map(of => `${of.exception}: ${of.attempts}`).join('\n')}>
            {count(each.attempts)}
            {each.retryCases.length > 0 &&
              ` (${each.retryCases.map(of => of.attempts).join(', ')})`}
          </span>
        ),
      },
      {
        key: 'chunk',
        title: t('types.chunk'),
        rank: 'second',
        width: '150px',
        align: 'end',
        value: each => each.chunk?.size ?? 0,
        cell: each =>
          each.chunk
            ? t(each.chunk.perKey ? 'types.chunkPerKey' : 'types.chunkOf', {
                size: count(each.chunk.size),
                time: shown(each.chunk.within),
              })
            : UNKNOWN,
      },
      {
        key: 'retryDelay',
        title: t('types.retryDelay'),
        rank: 'second',
        width: '140px',
        align: 'end',
        cell: each => shown(each.retryDelay),
      },
    ]
  }, [t, language])
  return (
    <>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={5} height={38} />}
      {data?.length === 0 && (
        <Empty icon={IconPuzzle} title={t('types.emptyTitle')} detail={t('types.emptyDetail')} />
      )}
      {data && data.length > 0 && (
        <DataTable
          rows={data}
          columns={columns}
          keyOf={each => each.name}
          sortBy={{ key: 'name', descending: false }}
        />
      )}
      {editing && <TypeDialog type={editing} onClose={() => setEditing(null)} />}
    </>
  )
}

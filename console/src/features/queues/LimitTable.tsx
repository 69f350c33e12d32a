import { IconGauge } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { itemsOf, type Limit, listLimits, removeLimit } from '@/api/limits'
import type { Column } from '@/components/ui/table/DataTable'
import { type Adding, KeptTable } from '@/components/ui/table/KeptTable'
import { useWords } from '@/i18n'
import { count, duration, UNKNOWN } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { usePushed } from '@/lib/use-pushed'
import { LimitDialog } from './LimitDialog'
import styles from './QueuesPage.module.css'

/** What holds tasks back, and how many it does. */
export function LimitTable(adding: Adding) {
  const { t, language } = useWords()
  const list = usePushed({
    key: ['limits'],
    topic: 'limits',
    fetch: listLimits,
    read: itemsOf<Limit>,
  })
  const columns = useCallback(
    (edit: (limit: Limit) => void): Column<Limit>[] => [
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
              onClick={() => edit(each)}
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
          [
            each.queue,
            each.type,
            each.perKey && t('limits.eachKey'),
            each.parts && t('limits.ofParts'),
          ]
            .filter(Boolean)
            .join(' · '),
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
    <KeptTable
      {...adding}
      list={list}
      queryKey={['limits']}
      columns={columns}
      empty={{
        icon: IconGauge,
        title: t('limits.emptyTitle'),
        detail: t('limits.emptyDetail'),
        verb: t('limits.new'),
      }}
      dialog={({ thing, onClose, onRemove }) => (
        <LimitDialog limit={thing} onClose={onClose} onRemove={onRemove} />
      )}
      removal={{
        title: t('limits.removeTitle'),
        text: t('limits.removeText'),
        verb: t('limits.remove'),
        does: ({ name }) => removeLimit(name),
        said: name => t('limits.removeDone', { name }),
      }}
    />
  )
}

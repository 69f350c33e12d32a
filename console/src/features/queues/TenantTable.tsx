import { IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { itemsOf } from '@/api/limits'
import { forgetTenant, listTenants, type Tenant } from '@/api/tenants'
import type { Column } from '@/components/ui/table/DataTable'
import { type Adding, KeptTable } from '@/components/ui/table/KeptTable'
import { useWords } from '@/i18n'
import { count, UNKNOWN } from '@/lib/format'
import { usePushed } from '@/lib/use-pushed'
import styles from './QueuesPage.module.css'
import { TenantDialog } from './TenantDialog'
import { TenantPause } from './TenantPause'

/** Between whom queues are shared, and how. */
export function TenantTable(adding: Adding) {
  const { t } = useWords()
  const list = usePushed({
    key: ['tenants'],
    topic: 'tenants',
    fetch: listTenants,
    read: itemsOf<Tenant>,
  })
  const columns = useCallback(
    (edit: (tenant: Tenant) => void): Column<Tenant>[] => [
      {
        key: 'name',
        title: t('tenants.name'),
        value: each => each.name,
        cell: each => (
          <span className={styles.name}>
            <button
              type="button"
              className={styles.limitName}
              title={each.name}
              aria-label={`${t('limits.edit')} ${each.name}`}
              onClick={() => edit(each)}
            >
              {each.name}
            </button>
            {(each.paused || each.pausedIn.length > 0) && (
              <span className={styles.paused} title={each.pausedIn.join(' · ')}>
                {t('queues.paused')}
              </span>
            )}
          </span>
        ),
      },
      {
        key: 'weight',
        title: t('tenants.weight'),
        width: '96px',
        phoneWidth: '64px',
        align: 'end',
        value: each => each.weight,
        cell: each => count(each.weight),
      },
      {
        key: 'queues',
        title: t('tenants.inQueues'),
        rank: 'second',
        cell: each =>
          Object.entries(each.queueWeights)
            .map(([queue, weight]) => `${queue}: ${weight}`)
            .join(' · '),
      },
      {
        key: 'waits',
        title: t('tenants.waitsIn'),
        rank: 'second',
        cell: each => each.waitsIn.join(' · '),
      },
      {
        key: 'waiting',
        title: t('tenants.waiting'),
        width: '128px',
        align: 'end',
        rank: 'second',
        value: each => each.waiting ?? 0,
        cell: each =>
          each.most == null ? UNKNOWN : `${count(each.waiting)} / ${count(each.most)}`,
      },
      {
        key: 'running',
        title: t('state.running'),
        width: '96px',
        phoneWidth: '72px',
        align: 'end',
        value: each => each.running,
        cell: each => (
          <Link
            to="/tasks"
            search={{ state: 'running', tenant: each.name }}
            className={styles.number}
          >
            {count(each.running)}
          </Link>
        ),
      },
      {
        key: 'actions',
        title: <span className="sr-only">{t('tenants.pause')}</span>,
        width: '128px',
        phoneWidth: '48px',
        align: 'end',
        cell: each => <TenantPause tenant={each} />,
      },
    ],
    [t],
  )
  return (
    <KeptTable
      {...adding}
      list={list}
      queryKey={['tenants']}
      columns={columns}
      empty={{
        icon: IconUsers,
        title: t('tenants.emptyTitle'),
        detail: t('tenants.emptyDetail'),
        verb: t('tenants.new'),
      }}
      dialog={({ thing, onClose, onRemove }) => (
        <TenantDialog tenant={thing} onClose={onClose} onForget={onRemove} />
      )}
      removal={{
        title: t('tenants.forgetTitle'),
        text: t('tenants.forgetText'),
        verb: t('tenants.forget'),
        does: ({ name }) => forgetTenant(name),
        said: name => t('tenants.forgetDone', { name }),
      }}
    />
  )
}

import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { itemsOf } from '@/api/limits'
import { forgetTenant, listTenants, type Tenant } from '@/api/tenants'
import { Confirm } from '@/components/ui/Confirm'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useAction } from '@/lib/use-action'
import { usePushed } from '@/lib/use-pushed'
import styles from './QueuesPage.module.css'
import { TenantDialog } from './TenantDialog'

interface Props {
  adding: boolean
  onAdd: () => void
  onClose: () => void
}

/** Between whom queues are shared, and how. */
export function TenantTable({ adding, onAdd, onClose }: Props) {
  const { t } = useWords()
  const { data, error, refetch } = usePushed({
    key: ['tenants'],
    topic: 'tenants',
    fetch: listTenants,
    read: itemsOf<Tenant>,
  })
  const [editing, setEditing] = useState<Tenant | null>(null)
  const [forgetting, setForgetting] = useState<Tenant | null>(null)
  const forget = useAction(['tenants'])
  const columns = useMemo<Column<Tenant>[]>(
    () => [
      {
        key: 'name',
        title: t('tenants.name'),
        value: each => each.name,
        cell: each => (
          <button
            type="button"
            className={styles.limitName}
            title={each.name}
            aria-label={`${t('limits.edit')} ${each.name}`}
            onClick={() => setEditing(each)}
          >
            {each.name}
          </button>
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
    ],
    [t],
  )
  return (
    <>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={5} height={38} />}
      {data?.length === 0 && (
        <Empty icon={IconUsers} title={t('tenants.emptyTitle')} detail={t('tenants.emptyDetail')}>
          <Button onClick={onAdd}>{t('tenants.new')}</Button>
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
      {adding && <TenantDialog onClose={onClose} />}
      {editing && (
        <TenantDialog
          tenant={editing}
          onClose={() => setEditing(null)}
          onForget={() => {
            setEditing(null)
            setForgetting(editing)
          }}
        />
      )}
      <Confirm
        open={forgetting !== null}
        title={t('tenants.forgetTitle')}
        subject={forgetting?.name}
        text={t('tenants.forgetText')}
        verb={t('tenants.forget')}
        onClose={() => setForgetting(null)}
        onConfirm={() =>
          forgetting &&
          forget.mutate({
            does: () => forgetTenant(forgetting.name),
            said: t('tenants.forgetDone', { name: forgetting.name }),
          })
        }
      />
    </>
  )
}

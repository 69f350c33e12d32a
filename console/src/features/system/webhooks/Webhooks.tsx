import { Button } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { listWebhooks, type Webhook, type WebhookSecret } from '@/api/webhooks'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { StateBadge } from '@/components/ui/StateBadge'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { SecretDialog } from './SecretDialog'
import { WebhookDetail } from './WebhookDetail'
import { WebhookDialog } from './WebhookDialog'
import styles from './Webhooks.module.css'

const NEW = Symbol('new')

/** Who is told over HTTP when tasks change. */
export function Webhooks() {
  const { t } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => listWebhooks(signal),
  })
  const [open, setOpen] = useState<string | null>(null)
  const [editing, setEditing] = useState<Webhook | typeof NEW | null>(null)
  const [secret, setSecret] = useState<WebhookSecret | null>(null)
  const columns = useMemo<Column<Webhook>[]>(
    () => [
      {
        key: 'name',
        title: t('webhooks.name'),
        value: each => each.name,
        cell: each => (
          <span className={styles.name} title={each.url}>
            <b>{each.name}</b>
            <span className={styles.url}>{each.url}</span>
          </span>
        ),
      },
      {
        key: 'state',
        title: t('tasks.colState'),
        width: '120px',
        phoneWidth: '104px',
        cell: each => <HookBadge webhook={each} />,
      },
      {
        key: 'states',
        title: t('webhooks.states'),
        width: '300px',
        phoneWidth: '104px',
        cell: each => (
          <span className={styles.name}>
            {each.states.map(state => t(`state.${state}`)).join(', ')}
            <span className={styles.url}>
              {[...each.types, ...each.tags].join(', ') || t('limits.any')}
            </span>
          </span>
        ),
      },
    ],
    [t],
  )
  return (
    <>
      <div className={styles.bar}>
        {data?.some(each => !each.secretEncrypted) && (
          <p className={styles.note}>
            {t('webhooks.plain')} <code>tasks.encryption.keys</code>
          </p>
        )}
        <Button leftSection={<IconPlus size={16} stroke={2} />} onClick={() => setEditing(NEW)}>
          {t('webhooks.new')}
        </Button>
      </div>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={4} height={44} />}
      {data?.length === 0 && (
        <Empty
          icon={IconWebhook}
          title={t('webhooks.emptyTitle')}
          detail={t('webhooks.emptyDetail')}
        />
      )}
      {data && data.length > 0 && (
        <DataTable
          rows={data}
          columns={columns}
          keyOf={each => each.name}
          sortBy={{ key: 'name', descending: false }}
          openKey={open}
          onOpen={each => setOpen(each.name === open ? null : each.name)}
          detail={each => (
            <WebhookDetail webhook={each} onEdit={() => setEditing(each)} onSecret={setSecret} />
          )}
        />
      )}
      {editing && (
        <WebhookDialog
          webhook={editing === NEW ? undefined : editing}
          onClose={() => setEditing(null)}
          onSecret={setSecret}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  )
}

function HookBadge({ webhook }: { webhook: Webhook }) {
  const { t } = useWords()
  if (!webhook.enabled) return <StateBadge state="cancelled" word={t('webhooks.off')} />
  return webhook.failingSince ? (
    <StateBadge state="retrying" word={t('webhooks.failing')} />
  ) : (
    <StateBadge state="succeeded" word={t('webhooks.on')} />
  )
}

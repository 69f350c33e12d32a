import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeWebhook,
  removeWebhook,
  testWebhook,
  type Webhook,
  type WebhookSecret,
} from '@/api/webhooks'
import { Confirm } from '@/components/ui/Confirm'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { exactTime } from '@/lib/format'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import { Deliveries } from './Deliveries'
import { RenewDialog } from './RenewDialog'
import { bodyOf } from './WebhookDialog'
import styles from './Webhooks.module.css'

interface Props {
  webhook: Webhook
  onEdit: () => void
  onSecret: (secret: WebhookSecret) => void
}

/** What can be done with a web hook, and what it was told. */
export function WebhookDetail({ webhook, onEdit, onSecret }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const [asking, setAsking] = useState<'secret' | 'remove' | null>(null)
  const { name } = webhook
  const common = {
    onError: (error: unknown) => toast({ kind: 'failed', text: words(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  }
  const test = useMutation({
    ...common,
    mutationFn: () => testWebhook(name),
    onSuccess: ({ taken, status, error, tookMs }) =>
      toast(
        taken
          ? { kind: 'done', text: t('webhooks.testDone', { status, ms: tookMs }) }
          : { kind: 'failed', text: t('webhooks.testFailed'), detail: error ?? undefined },
      ),
  })
  const enable = useMutation({
    ...common,
    mutationFn: () => changeWebhook(name, { ...bodyOf(webhook), enabled: !webhook.enabled }),
    onSuccess: ({ enabled }) =>
      toast({
        kind: 'done',
        text: t(enabled ? 'webhooks.enabledDone' : 'webhooks.disabledDone', { name }),
      }),
  })
  const remove = useMutation({
    ...common,
    mutationFn: () => removeWebhook(name),
    onSuccess: () => toast({ kind: 'done', text: t('webhooks.removeDone', { name }) }),
  })
  return (
    <div className={styles.detail}>
      {webhook.disabledBecause && (
        <p className={styles.trouble}>
          {t(`webhooks.disabledBy.${webhook.disabledBecause}`, {
            since: exactTime(webhook.failingSince),
          })}
        </p>
      )}
      {webhook.oldSecretUntil && (
        <p className={styles.said}>
          {t('webhooks.oldSigns')} <Time at={webhook.oldSecretUntil} />
        </p>
      )}
      <div className={styles.actions}>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t('webhooks.test')}
        </Button>
        <Button variant="default" onClick={onEdit}>
          {t('limits.edit')}
        </Button>
        <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate()}>
          {t(webhook.enabled ? 'webhooks.disable' : 'webhooks.enable')}
        </Button>
        <Button variant="default" onClick={() => setAsking('secret')}>
          {t('webhooks.renew')}
        </Button>
        <Button variant="default" onClick={() => setAsking('remove')}>
          {t('limits.remove')}
        </Button>
      </div>
      <Deliveries name={name} />
      {asking === 'secret' && (
        <RenewDialog name={name} onClose={() => setAsking(null)} onSecret={onSecret} />
      )}
      <Confirm
        open={asking === 'remove'}
        title={t('webhooks.removeTitle')}
        subject={name}
        text={t('webhooks.removeText')}
        verb={t('limits.remove')}
        onClose={() => setAsking(null)}
        onConfirm={() => remove.mutate()}
      />
    </div>
  )
}

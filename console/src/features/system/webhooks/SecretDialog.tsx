import { Button } from '@mantine/core'
import type { WebhookSecret } from '@/api/webhooks'
import { CodeLine } from '@/components/ui/CodeLine'
import { Dialog } from '@/components/ui/Dialog'
import { useWords } from '@/i18n'
import styles from './Webhooks.module.css'

/** The only time that a secret is shown. */
export function SecretDialog({ secret, onClose }: { secret: WebhookSecret; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Dialog
      open
      title={t('webhooks.secretTitle', { name: secret.name })}
      size={560}
      onClose={onClose}
      footer={
        <Button data-autofocus onClick={onClose}>
          {t('webhooks.secretKept')}
        </Button>
      }
    >
      <p>{t('webhooks.secretText')}</p>
      <div className={styles.secret}>
        <CodeLine code={secret.secret} />
      </div>
    </Dialog>
  )
}

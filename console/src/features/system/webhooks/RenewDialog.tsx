import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { renewSecret, type WebhookSecret } from '@/api/webhooks'
import { FormDialog } from '@/components/ui/FormDialog'
import { useWords } from '@/i18n'
import styles from './Webhooks.module.css'

interface Props {
  name: string
  onClose: () => void
  onSecret: (secret: WebhookSecret) => void
}

/** Makes a new secret, and says how long the one so far signs as well. */
export function RenewDialog({ name, onClose, onSecret }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [known, setKnown] = useState(false)
  const save = useMutation({
    mutationFn: () => renewSecret(name, known ? 'PT0S' : undefined),
    onSuccess: secret => {
      onClose()
      onSecret(secret)
      void client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  return (
    <FormDialog
      title={t('webhooks.renewTitle', { name })}
      ready
      save={save}
      verb={t('webhooks.renew')}
      onClose={onClose}
    >
      <p className={styles.said}>{t(known ? 'webhooks.renewAtOnce' : 'webhooks.renewText')}</p>
      <label className={styles.enabled} data-wide>
        <input
          type="checkbox"
          checked={known}
          onChange={event => setKnown(event.currentTarget.checked)}
        />
        {t('webhooks.renewKnown')}
      </label>
    </FormDialog>
  )
}

import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeWebhook,
  createWebhook,
  TOLD,
  type Webhook,
  type WebhookBody,
  type WebhookSecret,
} from '@/api/webhooks'
import { FormDialog } from '@/components/ui/FormDialog'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from './Webhooks.module.css'

interface Props {
  /** The one to change; a new one without it. */
  webhook?: Webhook
  onClose: () => void
  /** A new one has a secret that is shown once. */
  onSecret: (secret: WebhookSecret) => void
}

export const bodyOf = ({ url, states, types, tags, enabled }: Webhook): WebhookBody => ({
  url,
  states,
  types,
  tags,
  enabled,
})

const listOf = (text: string) =>
  text
    .split(/[,，\s]+/)
    .map(each => each.trim())
    .filter(Boolean)

export function WebhookDialog({ webhook, onClose, onSecret }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [form, setForm] = useState({
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    states: webhook?.states ?? (['dead'] as Webhook['states']),
    types: webhook?.types.join(', ') ?? '',
    tags: webhook?.tags.join(', ') ?? '',
  })
  const set = (change: Partial<typeof form>) => setForm(had => ({ ...had, ...change }))
  const save = useMutation({
    mutationFn: async () => {
      const body: WebhookBody = {
        url: form.url.trim(),
        states: form.states,
        types: listOf(form.types),
        tags: listOf(form.tags),
        enabled: webhook?.enabled ?? true,
      }
      if (!webhook) return createWebhook(form.name.trim(), body)
      await changeWebhook(webhook.name, body)
      return null
    },
    onSuccess: secret => {
      onClose()
      toast({ kind: 'done', text: t('webhooks.saveDone', { name: form.name.trim() }) })
      if (secret) onSecret(secret)
      void client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  return (
    <FormDialog
      title={webhook ? t('webhooks.editTitle', { name: webhook.name }) : t('webhooks.new')}
      size={560}
      ready={form.name.trim() !== '' && form.url.trim() !== '' && form.states.length > 0}
      save={save}
      onClose={onClose}
    >
      <TextInput
        label={t('webhooks.name')}
        value={form.name}
        disabled={webhook !== undefined}
        placeholder="on-call"
        data-autofocus={!webhook || undefined}
        onChange={event => set({ name: event.currentTarget.value })}
      />
      <TextInput
        wrapperProps={{ 'data-wide': true }}
        label="URL"
        value={form.url}
        placeholder="https://example.com/hooks/millrace"
        data-autofocus={webhook ? true : undefined}
        onChange={event => set({ url: event.currentTarget.value })}
      />
      <fieldset className={styles.states} data-wide>
        <legend>{t('webhooks.states')}</legend>
        {TOLD.map(state => (
          <label key={state}>
            <input
              type="checkbox"
              checked={form.states.includes(state)}
              onChange={event =>
                set({
                  states: event.currentTarget.checked
                    ? [...form.states, state]
                    : form.states.filter(each => each !== state),
                })
              }
            />
            {t(`state.${state}`)}
          </label>
        ))}
      </fieldset>
      <TextInput
        label={t('webhooks.types')}
        description={t('webhooks.typesHint')}
        placeholder={t('limits.any')}
        value={form.types}
        onChange={event => set({ types: event.currentTarget.value })}
      />
      <TextInput
        label={t('submit.tags')}
        description={t('webhooks.tagsHint')}
        placeholder={t('limits.any')}
        value={form.tags}
        onChange={event => set({ tags: event.currentTarget.value })}
      />
    </FormDialog>
  )
}

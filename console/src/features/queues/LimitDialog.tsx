import { NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Limit, type LimitBody, setLimit } from '@/api/limits'
import { FormDialog } from '@/components/ui/FormDialog'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import { LimitKeys } from './LimitKeys'
import styles from './QueuesPage.module.css'

interface Props {
  /** The one to change; a new one without it. */
  limit?: Limit
  onClose: () => void
  onRemove?: () => void
}

export function LimitDialog({ limit, onClose, onRemove }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [form, setForm] = useState({
    name: limit?.name ?? '',
    queue: limit?.queue ?? '',
    type: limit?.type ?? '',
    perKey: limit?.perKey ?? false,
    parts: limit?.parts ?? false,
    concurrency: (limit?.concurrency ?? '') as number | string,
    count: (limit?.rate?.count ?? '') as number | string,
    per: limit?.rate?.per ?? 'PT1M',
  })
  const set = (change: Partial<typeof form>) => setForm(had => ({ ...had, ...change }))
  const save = useMutation({
    mutationFn: () => {
      const body: LimitBody = {
        queue: form.parts ? undefined : form.queue.trim() || undefined,
        type: form.parts ? undefined : form.type.trim() || undefined,
        perKey: form.perKey && !form.parts,
        parts: form.parts,
        concurrency: form.concurrency === '' ? undefined : Number(form.concurrency),
        rate: form.count === '' ? undefined : { count: Number(form.count), per: form.per.trim() },
      }
      return setLimit(form.name.trim(), body)
    },
    onSuccess: ({ name }) => {
      onClose()
      toast({ kind: 'done', text: t('limits.saveDone', { name }) })
      void client.invalidateQueries({ queryKey: ['limits'] })
    },
  })
  return (
    <FormDialog
      title={limit ? t('limits.editTitle', { name: limit.name }) : t('limits.new')}
      ready={form.name.trim() !== '' && (form.concurrency !== '' || form.count !== '')}
      save={save}
      removal={
        limit && !limit.declared && onRemove ? { verb: t('limits.remove'), onRemove } : undefined
      }
      onClose={onClose}
    >
      <TextInput
        label={t('limits.name')}
        value={form.name}
        disabled={limit !== undefined}
        placeholder="customers"
        data-autofocus={!limit || undefined}
        onChange={event => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('queues.name')}
        placeholder={t('limits.any')}
        disabled={form.parts}
        value={form.queue}
        onChange={event => set({ queue: event.currentTarget.value })}
      />
      <TextInput
        label={t('submit.type')}
        placeholder={t('limits.any')}
        disabled={form.parts}
        value={form.type}
        onChange={event => set({ type: event.currentTarget.value })}
      />
      <NumberInput
        label={t('limits.concurrency')}
        placeholder={t('limits.any')}
        min={1}
        max={16384}
        value={form.concurrency}
        data-autofocus={limit ? true : undefined}
        onChange={concurrency => set({ concurrency })}
      />
      <NumberInput
        label={t('limits.starts')}
        placeholder={t('limits.any')}
        min={1}
        value={form.count}
        onChange={value => set({ count: value })}
      />
      <TextInput
        label={t('limits.per')}
        value={form.per}
        onChange={event => set({ per: event.currentTarget.value })}
      />
      <label className={styles.whole} data-wide>
        <input
          type="checkbox"
          checked={form.perKey}
          disabled={form.parts}
          onChange={event => set({ perKey: event.currentTarget.checked })}
        />
        {t('limits.perKey')}
      </label>
      <label className={styles.whole} data-wide title={t('limits.partsHint')}>
        <input
          type="checkbox"
          checked={form.parts}
          onChange={event => set({ parts: event.currentTarget.checked })}
        />
        {t('limits.parts')}
      </label>
      {limit?.perKey && <LimitKeys limit={limit.name} per={limit.rate?.per ?? 'PT1M'} />}
    </FormDialog>
  )
}

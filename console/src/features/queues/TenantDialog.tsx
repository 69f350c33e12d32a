import { NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { boundTenant, type Tenant, weighTenant } from '@/api/tenants'
import { FormDialog } from '@/components/ui/FormDialog'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'

interface Props {
  /** The one to weigh anew; another one without it. */
  tenant?: Tenant
  onClose: () => void
  onForget?: () => void
}

export function TenantDialog({ tenant, onClose, onForget }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [name, setName] = useState(tenant?.name ?? '')
  const [queue, setQueue] = useState('')
  const [weight, setWeight] = useState<number | string>(tenant?.weight ?? 1)
  const [bound, setBound] = useState<number | string>(tenant?.most ?? '')
  const save = useMutation({
    mutationFn: async () => {
      const most = bound === '' ? undefined : Number(bound)
      if (most !== (tenant?.most ?? undefined)) await boundTenant(name.trim(), most)
      if (!tenant || Number(weight) !== tenant.weight || queue.trim())
        await weighTenant(name.trim(), Number(weight), queue.trim() || undefined)
    },
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t('tenants.saveDone', { name: name.trim() }) })
      void client.invalidateQueries({ queryKey: ['tenants'] })
    },
  })
  return (
    <FormDialog
      title={tenant ? t('limits.editTitle', { name: tenant.name }) : t('tenants.new')}
      ready={name.trim() !== '' && weight !== ''}
      save={save}
      removal={tenant && onForget && { verb: t('tenants.forget'), onRemove: onForget }}
      onClose={onClose}
    >
      <TextInput
        label={t('tenants.name')}
        value={name}
        disabled={tenant !== undefined}
        placeholder="acme"
        data-autofocus={!tenant || undefined}
        onChange={event => setName(event.currentTarget.value)}
      />
      <NumberInput
        label={t('tenants.weight')}
        min={1}
        max={1000}
        value={weight}
        data-autofocus={tenant ? true : undefined}
        onChange={setWeight}
      />
      <TextInput
        label={t('queues.name')}
        placeholder={t('tenants.everyQueue')}
        value={queue}
        onChange={event => setQueue(event.currentTarget.value)}
      />
      <NumberInput
        label={t('tenants.most')}
        placeholder={t('limits.any')}
        min={1}
        max={1_000_000_000}
        value={bound}
        onChange={setBound}
      />
    </FormDialog>
  )
}

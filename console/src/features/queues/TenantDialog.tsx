import { Button, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Tenant, weighTenant } from '@/api/tenants'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from './QueuesPage.module.css'

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
  const save = useMutation({
    mutationFn: () => weighTenant(name.trim(), Number(weight), queue.trim() || undefined),
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t('tenants.saveDone', { name: name.trim() }) })
      void client.invalidateQueries({ queryKey: ['tenants'] })
    },
  })
  return (
    <Dialog
      open
      title={tenant ? t('limits.editTitle', { name: tenant.name }) : t('tenants.new')}
      size={520}
      onClose={onClose}
      footer={
        <>
          {tenant && onForget && (
            <Button variant="subtle" color="red" className={styles.remove} onClick={onForget}>
              {t('tenants.forget')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={save.isPending}
            disabled={!name.trim() || weight === ''}
            onClick={() => save.mutate()}
          >
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
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
      </div>
      {save.error && <ProblemNote error={save.error} />}
    </Dialog>
  )
}

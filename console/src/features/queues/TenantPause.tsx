import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { pauseTenant, resumeTenant, type Tenant } from '@/api/tenants'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import styles from './QueuesPage.module.css'

/** Pauses a tenant in all queues, or has it go on in all; the toast offers to take it back. */
export function TenantPause({ tenant }: { tenant: Tenant }) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const { name } = tenant
  const paused = tenant.paused || tenant.pausedIn.length > 0
  const change = useMutation({
    mutationFn: (pause: boolean) => (pause ? pauseTenant(name) : resumeTenant(name)),
    onSuccess: (_, pause) =>
      toast({
        kind: 'done',
        text: t(pause ? 'tenants.pausedDone' : 'tenants.resumedDone', { name }),
        action: pause ? { label: t('action.undo'), run: () => change.mutate(false) } : undefined,
      }),
    onError: error => {
      const { title, detail, remedy } = words(error)
      toast({ kind: 'failed', text: title, detail: remedy ?? detail ?? undefined })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['tenants'] }),
  })
  const Icon = paused ? IconPlayerPlay : IconPlayerPause
  const label = t(paused ? 'tenants.resume' : 'tenants.pause')
  return (
    <Button
      variant="default"
      className={styles.button}
      loading={change.isPending}
      aria-label={`${label} ${name}`}
      onClick={() => change.mutate(!paused)}
    >
      <Icon size={15} stroke={1.7} aria-hidden />
      <span className={styles.label}>{label}</span>
    </Button>
  )
}

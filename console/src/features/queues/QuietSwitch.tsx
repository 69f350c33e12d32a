import { Button } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Quiet, quietDown, showQuiet, wakeUp } from '@/api/quiet'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import { usePushed } from '@/lib/use-pushed'
import styles from './QueuesPage.module.css'

const KEY = ['quiet']

const useQuiet = () =>
  usePushed({ key: KEY, topic: 'quiet', fetch: showQuiet, read: (raw: Quiet) => raw })

/** Keeps the process from taking more work, or has it take work again. */
export function QuietSwitch() {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const { data } = useQuiet()
  const change = useMutation({
    mutationFn: async (quiet: boolean) => {
      await (quiet ? quietDown() : wakeUp())
    },
    onSuccess: (_, quiet) =>
      toast({
        kind: 'done',
        text: t(quiet ? 'quiet.done' : 'quiet.wakeDone'),
        action: quiet ? { label: t('action.undo'), run: () => change.mutate(false) } : undefined,
      }),
    onError: error => {
      const { title, detail } = words(error)
      toast({ kind: 'failed', text: title, detail: detail ?? undefined })
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
  if (!data) return null
  const Icon = data.quiet ? IconSun : IconMoon
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
      title={data.quiet ? undefined : t('quiet.hint')}
      loading={change.isPending}
      onClick={() => change.mutate(!data.quiet)}
    >
      {t(data.quiet ? 'quiet.wake' : 'quiet.quiet')}
    </Button>
  )
}

/** Says that nothing is started, and how far what runs has come. */
export function QuietNote() {
  const { t } = useWords()
  const { data } = useQuiet()
  if (!data?.quiet) return null
  return (
    <output className={styles.note}>
      {t(data.through ? 'quiet.through' : 'quiet.running', { running: count(data.running) })}
      {data.since && (
        <>
          {' · '}
          <Time at={data.since} />
        </>
      )}
    </output>
  )
}

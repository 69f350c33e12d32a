import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { pauseQueue, resumeQueue } from '@/api/queues'
import type { Queue } from '@/api/types'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import styles from './QueuesPage.module.css'

/** Pauses without asking, because it can be taken back at once: the toast offers to. */
export function PauseButton({ queue }: { queue: Queue }) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  // Until the next push tells the same, the button shows what was just asked for.
  const [wanted, setWanted] = useState<boolean | null>(null)
  useEffect(() => {
    if (wanted === queue.paused) setWanted(null)
  }, [wanted, queue.paused])
  const paused = wanted ?? queue.paused

  const change = useMutation({
    mutationFn: (pause: boolean) => (pause ? pauseQueue(queue.name) : resumeQueue(queue.name)),
    onMutate: pause => setWanted(pause),
    onSuccess: (_, pause) =>
      toast({
        kind: 'done',
        text: t(pause ? 'queues.pausedDone' : 'queues.resumedDone', { name: queue.name }),
        action: pause ? { label: t('action.undo'), run: () => change.mutate(false) } : undefined,
      }),
    onError: error => {
      setWanted(null)
      const { title, detail, remedy } = words(error)
      toast({ kind: 'failed', text: title, detail: remedy ?? detail ?? undefined })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['queues'] }),
  })
  const Icon = paused ? IconPlayerPlay : IconPlayerPause
  const label = t(paused ? 'queues.resume' : 'queues.pause')
  return (
    <Button
      variant="default"
      className={styles.button}
      loading={change.isPending}
      aria-label={`${label} ${queue.name}`}
      onClick={() => change.mutate(!paused)}
    >
      <Icon size={15} stroke={1.7} aria-hidden />
      <span className={styles.label}>{label}</span>
    </Button>
  )
}

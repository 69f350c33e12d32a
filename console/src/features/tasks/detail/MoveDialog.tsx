import { NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { moveTask } from '@/api/tasks'
import type { TaskDetail } from '@/api/types'
import { FormDialog } from '@/components/ui/FormDialog'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import { taskKey } from '@/lib/task/useTask'
import { toast } from '@/lib/toast'

/** Gives a task that waits another priority, queue or time. */
export function MoveDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [priority, setPriority] = useState<number | string>(task.priority ?? '')
  const [queue, setQueue] = useState(task.queue)
  const [delay, setDelay] = useState('')
  const body = {
    priority: priority === '' || priority === task.priority ? undefined : Number(priority),
    queue: queue.trim() === task.queue ? undefined : queue.trim(),
    delay: delay.trim() || undefined,
  }
  const save = useMutation({
    mutationFn: () => moveTask(task.id, body),
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t('tasks.moveDone', { id: shortId(task.id) }) })
    },
    onSettled: () => client.invalidateQueries({ queryKey: taskKey(task.id) }),
  })
  return (
    <FormDialog
      title={t('tasks.moveTitle')}
      ready={Object.values(body).some(value => value !== undefined && value !== '')}
      save={save}
      onClose={onClose}
    >
      <NumberInput
        label={t('task.priority')}
        description={t('tasks.movePriority')}
        min={0}
        max={9}
        value={priority}
        data-autofocus
        onChange={setPriority}
      />
      <TextInput
        label={t('task.queue')}
        value={queue}
        onChange={event => setQueue(event.currentTarget.value)}
      />
      {task.state !== 'waiting' && (
        <TextInput
          label={t('tasks.moveDelay')}
          placeholder={t('submit.delayHint')}
          value={delay}
          onChange={event => setDelay(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}

import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { signalTask } from '@/api/tasks'
import type { TaskDetail } from '@/api/types'
import { Dialog } from '@/components/ui/Dialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { taskKey } from '@/lib/task/useTask'
import { toast } from '@/lib/toast'
import { waitsFor } from './Relatives'

/** Tells a task what it awaits, or will. */
export function SignalDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const awaited = waitsFor(task.waitsFor)
  const [name, setName] = useState(awaited?.kind === 'signal' ? awaited.what : '')
  const [text, setText] = useState('{}')
  const { value, reason } = parsed(text)
  const send = useMutation({
    mutationFn: () => signalTask(task.id, name.trim(), value),
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t('task.signalDone', { name: name.trim() }) })
      void client.invalidateQueries({ queryKey: taskKey(task.id) })
    },
  })
  return (
    <Dialog
      open
      title={t('task.signalTitle')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={send.isPending}
            disabled={!name.trim() || reason !== undefined}
            onClick={() => send.mutate()}
          >
            {t('task.signal')}
          </Button>
        </>
      }
    >
      <p>{t('task.signalText')}</p>
      <TextInput
        label={t('task.signalName')}
        value={name}
        maxLength={100}
        data-autofocus
        onChange={event => setName(event.currentTarget.value)}
      />
      <JsonField label={t('task.signalPayload')} value={text} rows={5} onChange={setText} />
      {send.error && <ProblemNote error={send.error} />}
    </Dialog>
  )
}

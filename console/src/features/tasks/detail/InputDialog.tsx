import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { moveTask } from '@/api/tasks'
import type { TaskDetail } from '@/api/types'
import { FormDialog } from '@/components/ui/FormDialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import { taskKey } from '@/lib/task/useTask'
import { toast } from '@/lib/toast'

/** Gives a task that waits another input; hidden values that stay as shown are kept. */
export function InputDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const before = JSON.stringify(task.input ?? {}, null, 2)
  const [text, setText] = useState(before)
  const { value, reason } = parsed(text)
  const save = useMutation({
    mutationFn: () => moveTask(task.id, { input: value }),
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t('tasks.moveDone', { id: shortId(task.id) }) })
    },
    onSettled: () => client.invalidateQueries({ queryKey: taskKey(task.id) }),
  })
  return (
    <FormDialog
      title={t('tasks.inputTitle')}
      ready={reason === undefined && text !== before}
      save={save}
      onClose={onClose}
    >
      <p>{t('tasks.inputText')}</p>
      <div data-wide>
        <JsonField label={t('submit.input')} value={text} rows={12} autoFocus onChange={setText} />
      </div>
    </FormDialog>
  )
}

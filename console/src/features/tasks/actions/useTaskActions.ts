import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelTask, deleteTask, discardTask, retryTask } from '@/api/tasks'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import { useProblemWords } from '@/lib/problem-words'
import { taskKey } from '@/lib/task/useTask'
import { toast } from '@/lib/toast'

/** Cancel, retry and discard of one task, each saying afterwards what it did. */
export function useTaskActions(id: string) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const settled = () => client.invalidateQueries({ queryKey: taskKey(id) })
  const refused = (error: unknown) => {
    const { title, detail, remedy } = words(error)
    toast({ kind: 'failed', text: title, detail: remedy ?? detail ?? undefined })
  }
  const done = (text: string) => toast({ kind: 'done', text })
  const retry = useMutation({
    mutationFn: () => retryTask(id),
    onSuccess: () => done(t('tasks.retryDone', { id: shortId(id) })),
    onError: refused,
    onSettled: settled,
  })
  const cancel = useMutation({
    mutationFn: () => cancelTask(id),
    onSuccess: () => done(t('tasks.cancelAsked', { id: shortId(id) })),
    onError: refused,
    onSettled: settled,
  })
  const discard = useMutation({
    mutationFn: () => discardTask(id),
    onSuccess: () => done(t('tasks.discardDone', { id: shortId(id) })),
    onError: refused,
    onSettled: settled,
  })
  const remove = useMutation({
    mutationFn: () => deleteTask(id),
    onSuccess: () => done(t('tasks.deleteDone', { id: shortId(id) })),
    onError: refused,
  })
  return { retry, cancel, discard, remove }
}

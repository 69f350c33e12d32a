import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orderQueue } from '@/api/queues'
import type { Queue } from '@/api/types'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import styles from './QueuesPage.module.css'

/** Whether the newest task of a queue goes first; takes effect at once. */
export function OrderSwitch({ queue }: { queue: Queue }) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const { name } = queue
  const change = useMutation({
    mutationFn: (order: Queue['order']) => orderQueue(name, order),
    onSuccess: (_, order) =>
      toast({ kind: 'done', text: t(`queues.orderDone.${order}`, { name }) }),
    onError: error => toast({ kind: 'failed', text: words(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: ['queues'] }),
  })
  const newest = (change.isPending ? change.variables : queue.order) === 'lifo'
  return (
    <label className={styles.whole} title={t('queues.newestFirstHint')}>
      <input
        type="checkbox"
        checked={newest}
        disabled={change.isPending}
        onChange={event => change.mutate(event.currentTarget.checked ? 'lifo' : 'fifo')}
      />
      {t('queues.newestFirst')}
    </label>
  )
}

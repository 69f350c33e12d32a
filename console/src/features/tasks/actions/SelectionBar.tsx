import { Button } from '@mantine/core'
import { useState } from 'react'
import { cancelTask, retryTask } from '@/api/tasks'
import type { Task } from '@/api/types'
import { Confirm } from '@/components/ui/Confirm'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import { canCancel, canRetry } from '@/lib/task/states'
import { toast } from '@/lib/toast'
import { runBulk } from './bulk'
import styles from './SelectionBar.module.css'

interface Props {
  tasks: readonly Task[]
  onClear: () => void
}

/** What can be done with the selected tasks; only those an action fits are counted on its button. */
export function SelectionBar({ tasks, onClear }: Props) {
  const { t } = useWords()
  const words = useProblemWords()
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const [asking, setAsking] = useState(false)
  const retryable = tasks.filter(task => canRetry(task.state)).map(task => task.id)
  const cancellable = tasks.filter(task => canCancel(task.state)).map(task => task.id)

  const run = async (
    ids: string[],
    action: (id: string) => Promise<unknown>,
    said: (count: number) => string,
  ) => {
    setProgress({ done: 0, total: ids.length })
    const outcome = await runBulk(ids, action, done => setProgress({ done, total: ids.length }))
    setProgress(null)
    const detail = outcome.refused
      ? t('tasks.bulkRefused', { count: outcome.refused, reason: words(outcome.reason).title })
      : undefined
    toast({ kind: outcome.done ? 'done' : 'failed', text: said(outcome.done), detail })
    onClear()
  }

  return (
    <div className={styles.bar} role="toolbar" aria-label={t('tasks.select')}>
      <span className={styles.count}>{t('tasks.selected', { count: tasks.length })}</span>
      {progress ? (
        <div className={styles.progress}>
          <ProgressBar progress={{ ...progress, message: null }} inline />
          <span>{t('tasks.bulkRunning', progress)}</span>
        </div>
      ) : (
        <>
          <Button
            variant="default"
            disabled={retryable.length === 0}
            onClick={() =>
              void run(retryable, retryTask, count => t('tasks.bulkRetryDone', { count }))
            }
          >
            {t('tasks.bulkRetry', { count: retryable.length })}
          </Button>
          <Button
            variant="default"
            disabled={cancellable.length === 0}
            onClick={() => setAsking(true)}
          >
            {t('tasks.bulkCancel', { count: cancellable.length })}
          </Button>
          <Button variant="subtle" onClick={onClear}>
            {t('tasks.clearSelection')}
          </Button>
        </>
      )}
      <Confirm
        open={asking}
        title={t('tasks.bulkCancelTitle', { count: cancellable.length })}
        text={t('tasks.bulkCancelText')}
        verb={t('tasks.bulkCancel', { count: cancellable.length })}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          void run(cancellable, cancelTask, count => t('tasks.bulkCancelDone', { count }))
        }
      />
    </div>
  )
}

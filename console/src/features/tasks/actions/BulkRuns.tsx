import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { BulkVerb, TaskDetail } from '@/api/types'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { StateBadge } from '@/components/ui/StateBadge'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { isFinal } from '@/lib/task/states'
import { useTask } from '@/lib/task/useTask'
import { FACETS } from '../list/facets'
import { reloadLists } from '../list/useTaskList'
import { type BulkRun, dismissBulk, useBulkRuns } from './bulk-runs'
import styles from './SelectionBar.module.css'
import { useTaskActions } from './useTaskActions'

/** The actions on many tasks that were asked for here, as the tasks that they are. */
export function BulkRuns({ onOpen }: { onOpen: (id: string) => void }) {
  return useBulkRuns().map(run => <Run key={run.id} run={run} onOpen={onOpen} />)
}

const DOING = {
  cancel: 'tasks.bulkDoing.cancel',
  retry: 'tasks.bulkDoing.retry',
  redrive: 'tasks.bulkDoing.redrive',
  discard: 'tasks.bulkDoing.discard',
  delete: 'tasks.bulkDoing.delete',
} as const satisfies Record<BulkVerb, string>

const DONE = {
  cancel: 'tasks.bulkDone.cancel',
  retry: 'tasks.bulkDone.retry',
  redrive: 'tasks.bulkDone.redrive',
  discard: 'tasks.bulkDone.discard',
  delete: 'tasks.bulkDone.delete',
} as const satisfies Record<BulkVerb, string>

function Run({ run, onOpen }: { run: BulkRun; onOpen: (id: string) => void }) {
  const { t } = useWords()
  const { task } = useTask(run.id)
  const { cancel } = useTaskActions(run.id)
  const client = useQueryClient()
  const over = task ? isFinal(task.state) : false
  const gone = over && run.verb === 'delete'
  useEffect(() => {
    if (!gone) return
    reloadLists()
    void client.invalidateQueries({ queryKey: FACETS })
  }, [gone, client])
  return (
    <div className={styles.bar} role="status" data-testid="bulk-run">
      {over && task ? (
        <span className={styles.outcome}>
          <StateBadge state={task.state} compact={task.state === 'succeeded'} />
          {task.state === 'succeeded' ? t(DONE[run.verb], outcomeOf(task)) : task.error}
        </span>
      ) : (
        <>
          <span className={styles.count}>{t(DOING[run.verb])}</span>
          <div className={styles.progress}>
            <ProgressBar progress={task?.progress ?? { done: 0, total: null, message: null }} />
          </div>
        </>
      )}
      <Button variant="subtle" onClick={() => onOpen(run.id)}>
        {t('submit.open')}
      </Button>
      {over ? (
        <Button variant="subtle" onClick={() => dismissBulk(run.id)}>
          {t('action.close')}
        </Button>
      ) : (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('tasks.bulkStop')}
        </Button>
      )}
    </div>
  )
}

function outcomeOf({ result }: TaskDetail): { changed: string; skipped: string } {
  const { changed, skipped } = (result ?? {}) as { changed?: number; skipped?: number }
  return { changed: count(changed), skipped: count(skipped) }
}

import { Link } from '@tanstack/react-router'
import type { Task } from '@/api/types'
import { Elapsed } from '@/components/ui/Elapsed'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { StateBadge } from '@/components/ui/StateBadge'
import { Time } from '@/components/ui/Time'
import styles from './OverviewPage.module.css'

/** A few tasks in one line each: what, how far or why not, since when. */
export function TaskLines({ tasks, empty }: { tasks: readonly Task[]; empty: string }) {
  if (tasks.length === 0) return <p className={styles.none}>{empty}</p>
  return (
    <div>
      {tasks.map(task => (
        <Link
          key={task.id}
          to="/tasks/$id"
          params={{ id: task.id }}
          search={{ state: task.state === 'dead' ? 'dead' : undefined }}
          className={`${styles.line} ${task.state === 'dead' ? styles.dead : styles.task}`}
        >
          <StateBadge state={task.state} compact />
          <span className={styles.name} title={task.type}>
            {task.type}
          </span>
          {task.state === 'running' ? (
            task.progress ? (
              <ProgressBar progress={task.progress} inline />
            ) : (
              <span className={styles.muted}>{task.queue}</span>
            )
          ) : (
            <span className={styles.muted} title={task.error ?? undefined}>
              {task.error}
            </span>
          )}
          <span className={styles.number}>
            {task.state === 'running' ? (
              <Elapsed ms={null} since={task.startedAt} />
            ) : (
              <Time at={task.finishedAt ?? task.createdAt} />
            )}
          </span>
        </Link>
      ))}
    </div>
  )
}

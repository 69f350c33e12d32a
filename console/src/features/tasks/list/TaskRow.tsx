import { type MouseEvent, memo } from 'react'
import type { Task } from '@/api/types'
import { Check } from '@/components/ui/Check'
import { Elapsed } from '@/components/ui/Elapsed'
import { Id } from '@/components/ui/Id'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { StateBadge } from '@/components/ui/StateBadge'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import styles from './TaskTable.module.css'

interface Props {
  task: Task
  index: number
  top: number
  href: string
  open: boolean
  current: boolean
  selected: boolean
  onOpen: (id: string) => void
  onSelect: (index: number, range: boolean) => void
}

export const TaskRow = memo(function TaskRow(props: Props) {
  const { task, index, top, href, open, current, selected, onOpen, onSelect } = props
  const { t } = useWords()
  const visit = (event: MouseEvent) => {
    // A new tab stays the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onOpen(task.id)
  }
  return (
    <a
      href={href}
      className={styles.row}
      role="row"
      tabIndex={-1}
      aria-selected={selected}
      aria-rowindex={index + 1}
      data-open={open || undefined}
      data-current={current || undefined}
      data-selected={selected || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={visit}
    >
      <span
        className={styles.check}
        role="cell"
        onClick={event => {
          event.preventDefault()
          event.stopPropagation()
          onSelect(index, event.shiftKey)
        }}
        onKeyDown={() => undefined}
      >
        <Check checked={selected} label={`${t('tasks.select')} ${task.id}`} />
      </span>
      <span className={styles.state} role="cell">
        <StateBadge state={task.state} />
      </span>
      <span className={styles.type} role="cell">
        <span className={styles.typeName} title={task.type}>
          {task.type}
        </span>
        {task.tags.slice(0, 2).map(tag => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
        {task.error && (
          <span className={styles.error} title={task.error}>
            {task.error}
          </span>
        )}
      </span>
      <span className={styles.id} role="cell">
        <Id id={task.id} />
      </span>
      <span className={styles.queue} role="cell" title={task.queue}>
        {task.queue}
      </span>
      <span className={styles.progress} role="cell">
        {task.state === 'running' && task.progress ? (
          <ProgressBar progress={task.progress} inline />
        ) : (
          task.attempt > 1 && <span>{t('task.attemptNumber', { number: task.attempt })}</span>
        )}
      </span>
      <span className={styles.created} role="cell">
        <Time at={task.createdAt} />
      </span>
      <span className={styles.duration} role="cell">
        <Elapsed ms={task.durationMs} since={task.state === 'running' ? task.startedAt : null} />
      </span>
    </a>
  )
})

import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Task } from '@/api/types'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import styles from './Errors.module.css'

/** The newest tasks that are dead of one error. */
export function VictimTable({ tasks }: { tasks: Task[] }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const columns = useMemo<Column<Task>[]>(
    () => [
      {
        key: 'type',
        title: t('tasks.colType'),
        value: task => task.type,
        cell: task => (
          <Link
            to="/tasks/$id"
            params={{ id: task.id }}
            className={styles.what}
            title={task.error ?? task.type}
          >
            <b>{task.type}</b>
            <span className={styles.message}>{task.error}</span>
          </Link>
        ),
      },
      {
        key: 'id',
        title: 'ID',
        width: '96px',
        phoneWidth: '84px',
        cell: task => <span className="mono">{shortId(task.id)}</span>,
      },
      {
        key: 'attempt',
        title: t('task.attempt'),
        width: '84px',
        align: 'end',
        rank: 'second',
        value: task => task.attempt,
        cell: task => task.attempt,
      },
      {
        key: 'finished',
        title: t('task.finished'),
        width: '112px',
        phoneWidth: '86px',
        align: 'end',
        value: task => task.finishedAt ?? '',
        cell: task => <Time at={task.finishedAt} />,
      },
    ],
    [t],
  )
  return (
    <DataTable
      rows={tasks}
      columns={columns}
      keyOf={task => task.id}
      onOpen={task => void navigate({ to: '/tasks/$id', params: { id: task.id } })}
    />
  )
}

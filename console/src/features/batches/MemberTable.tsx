import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Task } from '@/api/types'
import { Elapsed } from '@/components/ui/Elapsed'
import { StateBadge } from '@/components/ui/StateBadge'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import styles from './Batches.module.css'

/** The newest tasks of a batch. */
export function MemberTable({ tasks }: { tasks: Task[] }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const columns = useMemo<Column<Task>[]>(
    () => [
      {
        key: 'type',
        title: t('tasks.colType'),
        value: task => task.type,
        cell: task => (
          <Link to="/tasks/$id" params={{ id: task.id }} className={styles.name} title={task.type}>
            {task.type}
          </Link>
        ),
      },
      {
        key: 'state',
        title: t('tasks.colState'),
        width: '128px',
        phoneWidth: '104px',
        value: task => task.state,
        cell: task => <StateBadge state={task.state} />,
      },
      {
        key: 'id',
        title: 'ID',
        width: '96px',
        phoneWidth: '84px',
        cell: task => <span className="mono">{shortId(task.id)}</span>,
      },
      {
        key: 'took',
        title: t('task.took'),
        width: '96px',
        align: 'end',
        rank: 'second',
        value: task => task.durationMs ?? 0,
        cell: task => (
          <Elapsed ms={task.durationMs} since={task.state === 'running' ? task.startedAt : null} />
        ),
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

import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Queue, TASK_STATES, type TaskState } from '@/api/types'
import { Sparkline } from '@/components/ui/Sparkline'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, exactCount, rate } from '@/lib/format'
import { useQueueRates } from '@/lib/queue-rates'
import { PauseButton } from './PauseButton'
import styles from './QueuesPage.module.css'
import { Slots } from './Slots'

const TONES: Partial<Record<TaskState, string>> = {
  running: 'running',
  retrying: 'retrying',
  dead: 'dead',
}

/** On a phone only what asks for a hand stays. */
const RANKS: Partial<Record<TaskState, 'second' | 'third'>> = {
  scheduled: 'third',
  waiting: 'third',
  retrying: 'second',
  succeeded: 'second',
  cancelled: 'third',
}

export function QueueTable({ queues }: { queues: Queue[] }) {
  const { t } = useWords()
  const rates = useQueueRates()
  const columns = useMemo<Column<Queue>[]>(
    () => [
      {
        key: 'name',
        title: t('queues.name'),
        value: queue => queue.name,
        cell: queue => <Name queue={queue} />,
      },
      {
        key: 'concurrency',
        title: t('queues.concurrency'),
        width: '124px',
        rank: 'second',
        cell: queue => <Slots queue={queue} />,
      },
      ...TASK_STATES.map<Column<Queue>>(state => ({
        key: state,
        title: t(`state.${state}`),
        width: '64px',
        phoneWidth: '54px',
        align: 'end',
        rank: RANKS[state],
        value: queue => queue.counts[state],
        cell: queue => <StateCount queue={queue} state={state} />,
      })),
      {
        key: 'rate',
        title: t('queues.throughput'),
        width: '122px',
        align: 'end',
        rank: 'second',
        value: queue => rates.get(queue.name)?.now ?? 0,
        cell: queue => (
          <span className={styles.rate}>
            <Sparkline values={rates.get(queue.name)?.past ?? []} span={60} />
            {rate(rates.get(queue.name)?.now)}
          </span>
        ),
      },
      {
        key: 'actions',
        title: <span className="sr-only">{t('queues.pause')}</span>,
        width: '128px',
        phoneWidth: '48px',
        align: 'end',
        cell: queue => <PauseButton queue={queue} />,
      },
    ],
    [t, rates],
  )
  return <DataTable rows={queues} columns={columns} keyOf={queue => queue.name} />
}

function Name({ queue }: { queue: Queue }) {
  const { t } = useWords()
  return (
    <span className={styles.name}>
      <Link to="/tasks" search={{ queue: queue.name }} title={queue.name}>
        {queue.name}
      </Link>
      {queue.order === 'lifo' && <span className={styles.quiet}>{t('queues.lifo')}</span>}
      {queue.paused && <span className={styles.paused}>{t('queues.paused')}</span>}
    </span>
  )
}

function StateCount({ queue, state }: { queue: Queue; state: TaskState }) {
  const value = queue.counts[state]
  return (
    <Link
      to="/tasks"
      search={{ queue: queue.name, state }}
      className={styles.number}
      title={exactCount(value)}
      data-zero={value === 0 || undefined}
      data-tone={value > 0 ? TONES[state] : undefined}
    >
      {count(value)}
    </Link>
  )
}

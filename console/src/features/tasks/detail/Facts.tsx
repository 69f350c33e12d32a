import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { TaskDetail } from '@/api/types'
import { Elapsed } from '@/components/ui/Elapsed'
import { Id } from '@/components/ui/Id'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { duration, UNKNOWN } from '@/lib/format'
import { Relatives } from './Relatives'
import styles from './TaskDetail.module.css'

const MOST_URGENT = 0
const MOST_IDLE = 9

export function Facts({ task }: { task: TaskDetail }) {
  const { t, language } = useWords()
  const running = task.state === 'running'
  const due = task.state === 'scheduled' || task.state === 'retrying'
  const waited =
    task.startedAt && task.attempt <= 1
      ? Date.parse(task.startedAt) - Date.parse(task.runAt ?? task.createdAt)
      : null
  const word =
    task.priority === MOST_URGENT
      ? t('task.urgent')
      : task.priority === MOST_IDLE
        ? t('task.idle')
        : null
  return (
    <dl className={styles.facts}>
      <Fact name="ID" wide>
        <Id id={task.id} full />
      </Fact>
      {running && task.progress && (
        <Fact name={t('tasks.colProgress')} wide>
          <ProgressBar progress={task.progress} />
        </Fact>
      )}
      <Fact name={t('task.queue')} title={task.queue}>
        {task.queue}
      </Fact>
      <Fact name={t('task.priority')}>
        {task.priority ?? UNKNOWN} {word && `· ${word}`}
      </Fact>
      <Fact name={t('task.attempt')}>{task.attempt}</Fact>
      <Fact name={t('task.took')}>
        <Elapsed ms={task.durationMs} since={running ? task.startedAt : null} />
      </Fact>
      <Fact name={t('task.created')}>
        <Time at={task.createdAt} />
      </Fact>
      {due && task.runAt && (
        <Fact name={t('task.runAt')}>
          <Time at={task.runAt} />
        </Fact>
      )}
      {task.expiresAt && (
        <Fact name={t('task.expiresAt')}>
          <Time at={task.expiresAt} />
        </Fact>
      )}
      {waited !== null && waited >= 0 && (
        <Fact name={t('task.waited')}>{duration(waited, language)}</Fact>
      )}
      {task.startedAt && (
        <Fact name={t('task.started')}>
          <Time at={task.startedAt} />
        </Fact>
      )}
      {task.finishedAt && (
        <Fact name={t('task.finished')}>
          <Time at={task.finishedAt} />
        </Fact>
      )}
      {task.encrypted && (
        <Fact name={t('task.encrypted')} wide>
          {t('task.encryptedText')}
        </Fact>
      )}
      {task.keptUntil && (
        <Fact name={t('task.keptUntil')}>
          <Time at={task.keptUntil} />
        </Fact>
      )}
      {task.resultKeptUntil && (
        <Fact name={t('task.resultKeptUntil')}>
          <Time at={task.resultKeptUntil} />
        </Fact>
      )}
      {task.crashes > 0 && <Fact name={t('task.crashes')}>{task.crashes}</Fact>}
      {task.uniqueKey && (
        <Fact name={t('task.uniqueKey')} title={task.uniqueKey}>
          <span className="mono">{task.uniqueKey}</span>
        </Fact>
      )}
      {task.tenant && (
        <Fact name={t('task.tenant')} title={task.tenant}>
          <Link to="/tasks" search={{ tenant: task.tenant }} className={styles.link}>
            {task.tenant}
          </Link>
        </Fact>
      )}
      {task.key && (
        <Fact name={t('task.key')} title={task.key}>
          <Link to="/tasks" search={{ key: task.key }} className={styles.link}>
            {task.key}
          </Link>
        </Fact>
      )}
      <Relatives task={task} />
      {task.tags.length > 0 && (
        <Fact name={t('task.tags')} wide>
          <span className={styles.tags}>
            {task.tags.map(tag => (
              <Link key={tag} to="/tasks" search={{ tag }}>
                {tag}
              </Link>
            ))}
          </span>
        </Fact>
      )}
    </dl>
  )
}

interface FactProps {
  name: string
  title?: string
  wide?: boolean
  children: ReactNode
}

function Fact({ name, title, wide, children }: FactProps) {
  return (
    <div className={wide ? styles.wide : undefined}>
      <dt>{name}</dt>
      <dd title={title}>{children}</dd>
    </div>
  )
}

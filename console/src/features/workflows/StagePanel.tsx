import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Job, RunDetail, Stage, Sync } from '@/api/workflows'
import { Elapsed } from '@/components/ui/Elapsed'
import { RunBadge } from '@/components/ui/RunBadge'
import { Section } from '@/components/ui/Section'
import { SyncActions } from '@/components/ui/sync/SyncActions'
import { useSyncWords } from '@/components/ui/sync/words'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { took } from '@/lib/stages'
import styles from './Workflows.module.css'

interface Props {
  run: RunDetail
  stage: Stage
}

/** The chosen stage: its sync point first, because that may wait for the reader. */
export function StagePanel({ run, stage }: Props) {
  const { t } = useWords()
  const jobs = stage.validation ? [...stage.tasks, stage.validation] : stage.tasks
  return (
    <Section
      title={
        <span className={styles.stage}>
          {stage.name}
          <RunBadge state={stage.status} soft />
        </span>
      }
      actions={
        <span>
          {t(`workflows.mode.${stage.mode}`)}
          {stage.round > 1 && ` · ${t('workflows.round', { round: stage.round })}`}
        </span>
      }
    >
      {stage.sync && <SyncPanel run={run} stage={stage} sync={stage.sync} />}
      <JobTable jobs={jobs} />
    </Section>
  )
}

function SyncPanel({ run, stage, sync }: Props & { sync: Sync }) {
  const { t } = useWords()
  const words = useSyncWords()
  const metrics = Object.entries(sync.metrics)
  return (
    <div className={styles.sync} data-asking={sync.status === 'checking' || undefined}>
      <div className={styles.syncHead}>
        <span className={styles.syncTitle}>{t('sync.title')}</span>
        <span>{words(sync)}</span>
        <RunBadge state={sync.status} />
        {!sync.mustPass && <span className={styles.quiet}>{t('sync.mayFail')}</span>}
      </div>
      {sync.status === 'checking' && sync.until && (
        <p className={styles.quiet}>
          {t('sync.waitsUntil')} <Time at={sync.until} />
          {sync.escalateTo &&
            ` · ${t(sync.escalated ? 'sync.escalated' : 'sync.thenAsks', { to: sync.escalateTo })}`}
        </p>
      )}
      {metrics.length > 0 && (
        <p className={styles.quiet}>
          {t('sync.handedIn')}: {metrics.map(([name, value]) => `${name} = ${value}`).join(', ')}
        </p>
      )}
      {sync.failed.length > 0 && (
        <ul className={styles.failed}>
          {sync.failed.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {sync.by && (
        <p>
          {sync.by}
          {sync.comment && `: ${sync.comment}`}
        </p>
      )}
      <SyncActions run={run.id} stage={stage.name} sync={sync} />
    </div>
  )
}

const RUN_OF = 'workflow:'

/** A task type, or the workflow whose runs stand there. */
function JobType({ type }: { type: string }) {
  if (!type.startsWith(RUN_OF)) return type
  return (
    <Link to="/workflows" search={{ name: type.slice(RUN_OF.length) }}>
      {type}
    </Link>
  )
}

function JobTable({ jobs }: { jobs: Job[] }) {
  const { t, language } = useWords()
  const estimated = useCallback(
    (time: string) => `${t('workflows.estimate')}: ${duration(milliseconds(time), language)}`,
    [t, language],
  )
  const columns = useMemo<Column<Job>[]>(
    () => [
      {
        key: 'name',
        title: t('workflows.task'),
        cell: job => (
          <span className={styles.job}>
            {job.batch ? (
              <Link to="/tasks" search={{ batch: job.batch }} title={job.name}>
                {job.name}
              </Link>
            ) : (
              <span>{job.name}</span>
            )}
            {job.error && <span className={styles.error}>{job.error}</span>}
          </span>
        ),
      },
      {
        key: 'type',
        title: t('tasks.colType'),
        width: '26%',
        rank: 'second',
        cell: job => (
          <span title={job.type}>
            <JobType type={job.type} />
            {job.fallback && ` (${t('workflows.fallback')})`}
          </span>
        ),
      },
      {
        key: 'state',
        title: t('tasks.colState'),
        width: '120px',
        phoneWidth: '104px',
        cell: job => <RunBadge state={job.status} />,
      },
      {
        key: 'after',
        title: t('workflows.after'),
        width: '18%',
        rank: 'third',
        cell: job => <span title={job.after.join(', ')}>{job.after.join(', ')}</span>,
      },
      {
        key: 'tasks',
        title: t('workflows.through'),
        width: '84px',
        align: 'end',
        rank: 'second',
        cell: job => (job.total ? `${count(job.total - job.open)} / ${count(job.total)}` : '–'),
      },
      {
        key: 'took',
        title: t('task.took'),
        width: '92px',
        phoneWidth: '64px',
        align: 'end',
        cell: job => (
          <span title={job.estimate ? estimated(job.estimate) : undefined}>
            <Elapsed ms={took(job)} since={job.startedAt} />
          </span>
        ),
      },
    ],
    [t, estimated],
  )
  return <DataTable rows={jobs} columns={columns} keyOf={job => job.name} />
}

import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Job, RunDetail, Stage, Sync, Watch } from '@/api/workflows'
import { Elapsed } from '@/components/ui/Elapsed'
import { RunBadge } from '@/components/ui/RunBadge'
import { GateBox } from '@/components/ui/run/GateBox'
import shared from '@/components/ui/run/Run.module.css'
import { StageSection } from '@/components/ui/run/StageSection'
import { SyncActions } from '@/components/ui/sync/SyncActions'
import { useSyncWords } from '@/components/ui/sync/words'
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
    <StageSection
      name={stage.title}
      badge={<RunBadge state={stage.status} soft />}
      mode={t(`workflows.mode.${stage.mode}`)}
      round={stage.round}
    >
      {stage.watch && <WatchPanel run={run} stage={stage} watch={stage.watch} />}
      {stage.sync && <SyncPanel run={run} stage={stage} sync={stage.sync} />}
      <JobTable jobs={jobs} />
    </StageSection>
  )
}

/** What is looked at while the stage is at work; numbers may be handed in as long as it is. */
function WatchPanel({ run, stage, watch }: Props & { watch: Watch }) {
  const { t } = useWords()
  const rules = Object.entries(watch.criteria).map(([name, rule]) => `${name} ${rule}`)
  return (
    <GateBox
      asking={false}
      head={
        <>
          <b className={styles.syncTitle}>{t('sync.watch')}</b>
          <span>{rules.join(', ')}</span>
          {!watch.stops && <span className={shared.quiet}>{t('sync.mayFail')}</span>}
        </>
      }
      failed={watch.failed}
      readings={<HandedIn metrics={watch.metrics} />}
      actions={
        run.status === 'running' &&
        stage.status === 'running' && (
          <SyncActions
            run={run.id}
            stage={stage.name}
            sync={{ type: 'criteria', status: 'checking', criteria: watch.criteria, where: null }}
          />
        )
      }
    />
  )
}

function HandedIn({ metrics }: { metrics: Record<string, unknown> }) {
  const { t } = useWords()
  const handed = Object.entries(metrics)
  if (handed.length === 0) return null
  return (
    <p className={shared.quiet}>
      {t('sync.handedIn')}: {handed.map(([name, value]) => `${name} = ${value}`).join(', ')}
    </p>
  )
}

function SyncPanel({ run, stage, sync }: Props & { sync: Sync }) {
  const { t } = useWords()
  const words = useSyncWords()
  return (
    <GateBox
      asking={sync.status === 'checking'}
      head={
        <>
          <b className={styles.syncTitle}>{t('sync.title')}</b>
          <span>{words(sync)}</span>
          <RunBadge state={sync.status} />
          {!sync.mustPass && <span className={shared.quiet}>{t('sync.mayFail')}</span>}
        </>
      }
      until={sync.until}
      then={
        sync.escalateTo
          ? t(sync.escalated ? 'sync.escalated' : 'sync.thenAsks', { to: sync.escalateTo })
          : undefined
      }
      failed={sync.failed}
      by={sync.by}
      comment={sync.comment}
      readings={<HandedIn metrics={sync.metrics} />}
      actions={<SyncActions run={run.id} stage={stage.name} sync={sync} />}
    />
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
          <span className={shared.job}>
            {job.batch ? (
              <Link to="/tasks" search={{ batch: job.batch }} title={job.name}>
                {job.name}
              </Link>
            ) : (
              <span>{job.name}</span>
            )}
            {job.waitsFor && (
              <span className={shared.quiet}>
                {t('task.waitsFor')}{' '}
                {t('task.forLimit', { name: job.waitsFor.replace(/^limit /, '') })}
              </span>
            )}
            {job.error && <span className={shared.error}>{job.error}</span>}
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

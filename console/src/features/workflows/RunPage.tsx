import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { fetchRun, type RunDetail, runStreamUrl } from '@/api/workflows'
import { Elapsed } from '@/components/ui/Elapsed'
import { Figure } from '@/components/ui/Figure'
import { Gantt } from '@/components/ui/graph/Gantt'
import { RunGraph } from '@/components/ui/graph/RunGraph'
import { Id } from '@/components/ui/Id'
import { Page } from '@/components/ui/Page'
import { RunBadge } from '@/components/ui/RunBadge'
import shared from '@/components/ui/run/Run.module.css'
import { RunAwaited } from '@/components/ui/run/RunAwaited'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { duration } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { foremost } from '@/lib/stages'
import { useFollowed } from '@/lib/use-followed'
import { RunActions } from './RunActions'
import { StagePanel } from './StagePanel'
import styles from './Workflows.module.css'

const JsonView = lazy(() =>
  import('@/components/ui/json/JsonView').then(module => ({ default: module.JsonView })),
)

export function RunPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { id } = useParams({ from: '/workflows/$id' })
  const search = useSearch({ from: '/workflows/$id' })
  const {
    data: run,
    error,
    refetch,
  } = useFollowed({
    key: ['run', id],
    fetch: signal => fetchRun(id, signal),
    url: runStreamUrl(id),
    event: 'run',
  })
  if (!run) {
    return (
      <RunAwaited
        part={t('parts.workflows')}
        id={id}
        error={error}
        missing={t('workflows.notFound')}
        onList={() => void navigate({ to: '/workflows' })}
        onRetry={() => void refetch()}
      />
    )
  }
  const stage =
    run.stages.find(each => each.name === search.stage) ?? foremost(run.stages, each => each.status)
  const select = (name: string) =>
    void navigate({
      to: '/workflows/$id',
      params: { id },
      search: { stage: name },
      replace: true,
      resetScroll: false,
    })
  return (
    <Page
      name={run.name}
      title={
        <>
          <span>{run.name}</span>
          <RunBadge state={run.status} soft />
        </>
      }
      actions={<RunActions run={run} stage={stage ?? null} />}
      figures={<RunFigures run={run} />}
    >
      {run.failure && <p className={shared.failure}>{run.failure}</p>}
      <div className={shared.sections}>
        <Section title={t('workflows.graph')}>
          <RunGraph
            stages={run.stages}
            critical={run.criticalPath}
            selected={stage?.name ?? null}
            onSelect={select}
          />
        </Section>
        {stage && <StagePanel run={run} stage={stage} />}
        <Section title={t('workflows.timeline')}>
          <Gantt
            stages={run.stages.map(each => ({ ...each, label: each.title }))}
            critical={run.criticalPath}
            selected={stage?.name ?? null}
            onSelect={select}
          />
        </Section>
        <Section title={t('task.input')}>
          <Suspense fallback={<SkeletonRows rows={3} />}>
            <JsonView value={run.input} />
          </Suspense>
        </Section>
      </div>
    </Page>
  )
}

const titleOf = (run: RunDetail, name: string) =>
  run.stages.find(each => each.name === name)?.title ?? name

function RunFigures({ run }: { run: RunDetail }) {
  const { t, language } = useWords()
  const estimate = milliseconds(run.estimate) ?? 0
  const over = run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null
  return (
    <>
      <Figure label={t('workflows.version')}>{run.version}</Figure>
      <Figure label={t('workflows.started')}>
        <Time at={run.startedAt} />
      </Figure>
      <Figure label={t('task.took')}>
        <Elapsed ms={over} since={run.startedAt} />
      </Figure>
      {estimate > 0 && (
        <Figure label={t('workflows.estimate')}>{duration(estimate, language)}</Figure>
      )}
      <span className={styles.path}>
        {t('workflows.criticalPath')}{' '}
        <b>{run.criticalPath.map(name => titleOf(run, name)).join(' → ') || '–'}</b>
      </span>
      <span className={styles.id}>
        <Id id={run.id} />
      </span>
      <Link to="/tasks/$id" params={{ id: run.id }} className={shared.link}>
        {t('workflows.drivingTask')}
      </Link>
    </>
  )
}

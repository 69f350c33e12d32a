import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { CrewRun } from '@/api/crew'
import { Elapsed } from '@/components/ui/Elapsed'
import { Figure } from '@/components/ui/Figure'
import { Gantt } from '@/components/ui/graph/Gantt'
import { Graph } from '@/components/ui/graph/Graph'
import { Id } from '@/components/ui/Id'
import { Page } from '@/components/ui/Page'
import shared from '@/components/ui/run/Run.module.css'
import { RunAwaited } from '@/components/ui/run/RunAwaited'
import { Section } from '@/components/ui/Section'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { duration, percent } from '@/lib/format'
import { foremost } from '@/lib/stages'
import styles from '../Crew.module.css'
import { CrewBadge, toneOf } from '../CrewBadge'
import { decisionAt } from '../decision-place'
import { reasonText } from '../reasons'
import { useSpoken } from '../useSpoken'
import { barOf } from './bar'
import { CrewRunActions } from './CrewRunActions'
import { CrewStagePanel, isAsked } from './CrewStagePanel'
import { Story } from './Story'
import { useCrewRun } from './useCrewRun'

const HOUR = 3_600_000

export function CrewRunPage() {
  const { t, language } = useWords()
  const spoken = useSpoken()
  const navigate = useNavigate()
  const { id } = useParams({ from: '/crew/runs/$id' })
  const search = useSearch({ from: '/crew/runs/$id' })
  const { data: run, error, refetch } = useCrewRun(id)
  if (!run) {
    return (
      <RunAwaited
        part={t('parts.crew')}
        id={id}
        error={error}
        missing={t('crew.runNotFound')}
        onList={() => void navigate({ to: '/crew', search: { tab: 'runs' } })}
        onRetry={() => void refetch()}
      />
    )
  }
  const stage =
    run.stages.find(each => each.name === search.stage) ??
    foremost(run.stages, each => (each.tasks.some(isAsked) ? 'checking' : each.state))
  const select = (name: string) =>
    void navigate({
      to: '/crew/runs/$id',
      params: { id },
      search: { stage: name },
      replace: true,
      resetScroll: false,
    })
  const title = run.name ?? run.request
  return (
    <Page
      name={title}
      title={
        <>
          <span className={styles.title} title={title}>
            {title}
          </span>
          <CrewBadge state={run.state} soft />
        </>
      }
      actions={<CrewRunActions run={run} stage={stage?.name ?? null} />}
      figures={<RunFigures run={run} />}
    >
      {run.failure && <p className={shared.failure}>{reasonText(run.failure, language)}</p>}
      <div className={shared.sections}>
        {run.name && <p className={styles.marked}>{run.request}</p>}
        <Section title={t('crew.stages')}>
          <Graph
            nodes={run.stages.map(each => ({
              name: each.name,
              label: spoken(each.name),
              after: each.dependsOn,
              tone: toneOf(each.state),
              line: <CrewBadge state={each.tasks.some(isAsked) ? 'asked' : each.state} />,
              more: each.startedAt ? (
                <Elapsed
                  ms={each.endedAt ? Date.parse(each.endedAt) - Date.parse(each.startedAt) : null}
                  since={each.startedAt}
                />
              ) : (
                t('workflows.tasksOf', { count: each.tasks.length })
              ),
            }))}
            critical={run.criticalPath}
            selected={stage?.name ?? null}
            onSelect={select}
          />
        </Section>
        {stage && <CrewStagePanel run={run} stage={stage} />}
        <Section title={t('crew.quality')}>
          <Quality run={run} />
        </Section>
        <Section title={t('workflows.timeline')}>
          <Gantt
            stages={run.stages.map(each => ({ ...barOf(each), label: spoken(each.name) }))}
            critical={run.criticalPath}
            selected={stage?.name ?? null}
            onSelect={select}
          />
        </Section>
        <Section title={t('crew.events')}>
          <Story run={run} />
        </Section>
      </div>
    </Page>
  )
}

function Quality({ run }: { run: CrewRun }) {
  const { t } = useWords()
  const numbers = Object.entries(run.qualityMetrics)
  if (numbers.length === 0) return <p className={shared.quiet}>{t('crew.noQuality')}</p>
  return (
    <ul className={styles.readings}>
      {numbers.map(([metric, value]) => (
        <li key={metric}>
          <span>{metric}</span>
          <b>{value}</b>
        </li>
      ))}
    </ul>
  )
}

function RunFigures({ run }: { run: CrewRun }) {
  const { t, language } = useWords()
  const took = run.endedAt ? Date.parse(run.endedAt) - Date.parse(run.startedAt) : null
  return (
    <>
      <Figure label={t('tasks.colProgress')}>{percent(run.progress / 100)}</Figure>
      <Figure label={t('workflows.started')}>
        <Time at={run.startedAt} />
      </Figure>
      <Figure label={t('task.took')}>
        <Elapsed ms={took} since={run.startedAt} />
      </Figure>
      <Figure label={t('crew.estimate')}>{duration(run.estimateHours * HOUR, language)}</Figure>
      <Figure label={t('crew.complexity')}>{t(`crew.complexities.${run.complexity}`)}</Figure>
      <Figure label={t('crew.tier')}>{t(`crew.tiers.${run.tier}`)}</Figure>
      {run.workspace && <Figure label={t('crew.workspace')}>{run.workspace}</Figure>}
      <Figure label={t('crew.recoveries')}>{run.recoveries} / 5</Figure>
      <Id id={run.id} />
      <Link to="/workflows/$id" params={{ id: run.id }} className={shared.link}>
        {t('crew.itsWorkflow')}
      </Link>
      {run.decision && (
        <Link {...decisionAt(run.decision)} className={shared.link}>
          {run.decision}
        </Link>
      )}
    </>
  )
}

import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { type Execution, listExecutions, summarizeExecutions } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { More } from '@/components/ui/More'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { StateFacet } from '@/components/ui/run/StateFacet'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, percent } from '@/lib/format'
import { useFurther } from '@/lib/use-further'
import { Counts } from '../Counts'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'
import { useKnownWords } from '../useKnownWords'
import { useTaskNews } from '../useTaskNews'
import { ExecutionDetail } from './ExecutionDetail'
import { ShareTable } from './ShareTable'

/** Charts come when somebody looks at them. */
const ChecksView = lazy(() =>
  import('./ChecksView').then(({ ChecksView }) => ({ default: ChecksView })),
)
const TimesView = lazy(() =>
  import('./TimesView').then(({ TimesView }) => ({ default: TimesView })),
)
const BenchView = lazy(() =>
  import('./BenchView').then(({ BenchView }) => ({ default: BenchView })),
)

const KEY = ['crew', 'executions']

/** What can be looked at besides each execution. */
const VIEWS = ['byAgent', 'checks', 'times', 'bench'] as const
/** These stand for themselves, without executions. */
const ALONE = ['checks', 'times', 'bench']

const page = async (cursor?: string, signal?: AbortSignal) => {
  const { items, next } = await listExecutions(cursor, signal)
  return { items, next: next ?? null }
}

/** How work went: by agent, template, domain and day, and one by one. */
export function ExecutionsTab() {
  const { t, language } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/crew' })
  const known = useKnownWords()
  useTaskNews('crew.record', KEY)
  const [open, setOpen] = useState<number | null>(null)
  const summary = useQuery({
    queryKey: [...KEY, 'summary'],
    queryFn: ({ signal }) => summarizeExecutions(signal),
  })
  const list = useQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ signal }) => page(undefined, signal),
  })
  const older = useCallback((cursor: string) => page(cursor), [])
  const { rows, more, loadMore, loading } = useFurther(list.data, older, each => String(each.id))
  const columns = useColumns()
  const sums = summary.data
  const view = VIEWS.find(each => each === search.view)
  const toRuns = (search: { template?: string; domain?: string }) =>
    void navigate({ to: '/crew', search: { tab: 'runs', ...search } })
  return (
    <div className={styles.sections}>
      {sums && sums.total > 0 && (
        <>
          <div className={styles.figures}>
            <Figure label={t('crew.last90')}>{count(sums.total)}</Figure>
            <Figure label={t('crew.succeeded')}>{percent(sums.succeeded / sums.total)}</Figure>
            <Figure label={t('crew.meanTime')}>
              {duration(sums.meanSeconds == null ? null : sums.meanSeconds * 1000, language)}
            </Figure>
            {sums.lengths &&
              (['p50', 'p95', 'p99'] as const).map(share => (
                <Figure key={share} label={share.toUpperCase()}>
                  {sums.lengths && duration(sums.lengths[share] * 1000, language)}
                </Figure>
              ))}
            <Figure label={t('crew.satisfaction')}>
              {sums.meanSatisfaction == null ? '–' : `${sums.meanSatisfaction} / 5`}
            </Figure>
          </div>
          <div className={styles.countRow}>
            <Counts
              title={t('crew.byTemplate')}
              counts={sums.byTemplate.map(({ name, runs }) => ({ name, count: runs }))}
              words={name => (name === 'roles' ? t('crew.byRoles') : name)}
              onChoose={template => toRuns({ template })}
            />
            <Counts
              title={t('crew.byDomain')}
              counts={sums.byDomain.map(({ name, runs }) => ({ name, count: runs }))}
              words={name => known('domains', name)}
              onChoose={domain => toRuns({ domain })}
            />
            <Counts
              title={t('crew.byDay')}
              counts={sums.byDay.slice(-8).map(({ name, runs }) => ({ name, count: runs }))}
            />
          </div>
        </>
      )}
      <div>
        <StateFacet
          states={VIEWS}
          chosen={view}
          all={t('crew.eachOne')}
          badge={each => t(`crew.${each}`)}
          onChoose={next =>
            void navigate({
              to: '/crew',
              search: { tab: 'executions', view: next },
              replace: true,
              resetScroll: false,
            })
          }
        />
        {view === 'byAgent' && sums && sums.byAgent.length > 0 && (
          <ShareTable rows={sums.byAgent} />
        )}
        <Suspense fallback={<SkeletonRows rows={6} height={38} />}>
          {view === 'checks' && <ChecksView />}
          {view === 'times' && <TimesView />}
          {view === 'bench' && <BenchView />}
        </Suspense>
        {!view && list.error && !rows && (
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        )}
        {!view && !list.error && !rows && <SkeletonRows rows={8} height={38} />}
        {!ALONE.some(each => each === view) && rows?.length === 0 && (
          <Empty
            icon={IconHistory}
            title={t('crew.noExecutions')}
            detail={t('crew.noExecutionsDetail')}
          />
        )}
        {!view && rows && rows.length > 0 && (
          <DataTable
            rows={rows}
            columns={columns}
            keyOf={each => String(each.id)}
            onOpen={each => setOpen(had => (had === each.id ? null : each.id))}
            openKey={open === null ? null : String(open)}
            detail={each => <ExecutionDetail execution={each} />}
          />
        )}
        <More more={more && !view} loading={loading} onMore={loadMore} />
      </div>
    </div>
  )
}

function useColumns() {
  const { t, language } = useWords()
  return useMemo<Column<Execution>[]>(
    () => [
      {
        key: 'request',
        title: t('crew.request'),
        cell: each =>
          each.workflowId ? (
            <Link
              to="/crew/runs/$id"
              params={{ id: each.workflowId }}
              className={styles.name}
              title={each.request}
            >
              {each.request}
            </Link>
          ) : (
            <span title={each.request}>{each.request}</span>
          ),
      },
      {
        key: 'success',
        title: t('tasks.colState'),
        width: '112px',
        phoneWidth: '108px',
        cell: each => <CrewBadge state={each.success ? 'completed' : 'failed'} />,
      },
      {
        key: 'agents',
        title: t('crew.tabs.agents'),
        width: '24%',
        rank: 'third',
        cell: each => <span title={each.agents.join(', ')}>{each.agents.join(', ')}</span>,
      },
      {
        key: 'took',
        title: t('task.took'),
        width: '104px',
        align: 'end',
        rank: 'second',
        cell: each => duration(each.seconds * 1000, language),
      },
      {
        key: 'at',
        title: t('crew.date'),
        width: '112px',
        phoneWidth: '80px',
        align: 'end',
        cell: each => <Time at={each.recordedAt} />,
      },
    ],
    [t, language],
  )
}

import { IconUsersGroup } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import {
  type CrewRunItem,
  type CrewRunQuery,
  type CrewRunState,
  listCrewRuns,
  RUN_STATES,
} from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { Id } from '@/components/ui/Id'
import { More } from '@/components/ui/More'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { ProgressBar } from '@/components/ui/ProgressBar'
import shared from '@/components/ui/run/Run.module.css'
import { StateFacet } from '@/components/ui/run/StateFacet'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { wantTopic } from '@/lib/live'
import type { PlainSearch } from '@/lib/plain-search'
import { useFurther } from '@/lib/use-further'
import { CrewBadge } from '../CrewBadge'
import { useKnownWords } from '../useKnownWords'
import { LogMatches } from './LogMatches'
import { RunFilters } from './RunFilters'

const STATES = RUN_STATES.filter(each => each !== 'initialized')

const isState = (text: string | undefined): text is CrewRunState =>
  RUN_STATES.some(state => state === text)

const page = async (query: CrewRunQuery, signal?: AbortSignal) => {
  const { items, next } = await listCrewRuns(query, signal)
  return { items, next: next ?? null }
}

const queryOf = ({ q, project, domain, template, state }: PlainSearch): CrewRunQuery => ({
  q: q || undefined,
  project: project || undefined,
  domain: domain || undefined,
  template: template || undefined,
  state: isState(state) ? state : undefined,
})

/** Plans that were run, the newest first; the list follows the workflows that they became. */
export function RunsTab() {
  const { t } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const search = useSearch({ from: '/crew' })
  const query = queryOf(search)
  const key = JSON.stringify(query)
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'runs', key],
    queryFn: ({ signal }) => page(query, signal),
  })
  useEffect(
    () =>
      wantTopic('workflows', () => void client.invalidateQueries({ queryKey: ['crew', 'runs'] })),
    [client],
  )
  const older = useCallback(
    (cursor: string) => page({ ...(JSON.parse(key) as CrewRunQuery), cursor }),
    [key],
  )
  const { rows, more, loadMore, loading } = useFurther(data, older, run => run.id, key)
  const columns = useColumns()
  const narrow = useCallback(
    (change: PlainSearch) =>
      void navigate({
        to: '/crew',
        search: had => ({ ...had, tab: 'runs', ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const narrowed = key !== '{}'
  return (
    <>
      <RunFilters search={search} onChange={narrow} />
      <StateFacet
        states={STATES}
        chosen={query.state}
        badge={state => <CrewBadge state={state} />}
        onChoose={state => narrow({ state })}
      />
      {error && !rows && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !rows && <SkeletonRows rows={8} height={38} />}
      {rows?.length === 0 && !more && (
        <Empty
          icon={IconUsersGroup}
          title={t(narrowed ? 'workflows.noMatch' : 'crew.noRuns')}
          detail={narrowed ? undefined : t('crew.noRunsDetail')}
        />
      )}
      {rows && rows.length > 0 && (
        <DataTable
          rows={rows}
          columns={columns}
          keyOf={run => run.id}
          sortBy={{ key: 'started', descending: true }}
          onOpen={run => void navigate({ to: '/crew/runs/$id', params: { id: run.id } })}
        />
      )}
      <More more={more} loading={loading} onMore={loadMore} />
      {query.q && <LogMatches words={query.q} />}
    </>
  )
}

function useColumns() {
  const { t } = useWords()
  const known = useKnownWords()
  return useMemo<Column<CrewRunItem>[]>(
    () => [
      {
        key: 'request',
        title: t('crew.request'),
        value: run => run.name ?? run.request,
        cell: run => (
          <Link
            to="/crew/runs/$id"
            params={{ id: run.id }}
            className={shared.name}
            title={run.request}
          >
            {run.name ? `${run.name} · ${run.request}` : run.request}
          </Link>
        ),
      },
      {
        key: 'state',
        title: t('tasks.colState'),
        width: '120px',
        phoneWidth: '100px',
        value: run => run.state,
        cell: run => <CrewBadge state={run.state} />,
      },
      {
        key: 'domain',
        title: t('crew.domain'),
        width: '112px',
        rank: 'third',
        value: run => run.domain,
        cell: run => known('domains', run.domain),
      },
      {
        key: 'project',
        title: t('crew.project'),
        width: '104px',
        rank: 'third',
        value: run => run.project,
        cell: run => <span title={run.project}>{run.project}</span>,
      },
      {
        key: 'progress',
        title: t('tasks.colProgress'),
        width: '150px',
        rank: 'second',
        value: run => run.progress,
        cell: run => (
          <ProgressBar inline progress={{ done: run.progress, total: 100, message: null }} />
        ),
      },
      {
        key: 'id',
        title: 'ID',
        width: '96px',
        rank: 'second',
        cell: run => <Id id={run.id} />,
      },
      {
        key: 'started',
        title: t('workflows.started'),
        width: '112px',
        phoneWidth: '80px',
        align: 'end',
        value: run => run.startedAt,
        cell: run => <Time at={run.startedAt} />,
      },
    ],
    [t, known],
  )
}

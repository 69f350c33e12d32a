import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import { listRuns, RUN_STATES, type Run, type RunState, runsOf } from '@/api/workflows'
import { Elapsed } from '@/components/ui/Elapsed'
import { Empty } from '@/components/ui/Empty'
import { Id } from '@/components/ui/Id'
import { More } from '@/components/ui/More'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { RunBadge } from '@/components/ui/RunBadge'
import shared from '@/components/ui/run/Run.module.css'
import { StateFacet } from '@/components/ui/run/StateFacet'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { useFurther } from '@/lib/use-further'
import { usePushed } from '@/lib/use-pushed'
import { StartExample } from './StartExample'

/** Where a run can stand; a stage can stand elsewhere too. */
const FILTERS: RunState[] = ['running', 'paused', 'undoing', 'succeeded', 'failed', 'cancelled']

const isState = (text: string | undefined): text is RunState =>
  RUN_STATES.some(state => state === text)

/** The newest runs are pushed; those of a filter are read again when these have changed. */
function useRuns(name: string | undefined, status: RunState | undefined) {
  const narrowed = Boolean(name || status)
  const pushed = usePushed({
    key: ['runs'],
    topic: 'workflows',
    fetch: signal => listRuns({}, signal),
    read: runsOf,
  })
  const found = useQuery({
    queryKey: ['runs of', name, status],
    queryFn: ({ signal }) => listRuns({ name, status }, signal),
    enabled: narrowed,
  })
  const { refetch } = found
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was pushed is the reason
  useEffect(() => {
    if (narrowed) void refetch()
  }, [pushed.data, narrowed, refetch])
  return narrowed ? found : pushed
}

export function RunList() {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/workflows' })
  const status = isState(search.status) ? search.status : undefined
  const name = search.name || undefined
  const { data, error, refetch } = useRuns(name, status)
  const older = useCallback((cursor: string) => listRuns({ name, status, cursor }), [name, status])
  const { rows, more, loadMore, loading } = useFurther(
    data,
    older,
    run => run.id,
    `${name} ${status}`,
  )
  const columns = useColumns()
  const narrow = (change: { status?: string; name?: string }) =>
    void navigate({ to: '/workflows', search: { name, status, ...change } })
  return (
    <>
      <StateFacet
        states={FILTERS}
        chosen={status}
        badge={state => <RunBadge state={state} />}
        onChoose={state => narrow({ status: state })}
      >
        {name && (
          <button type="button" aria-pressed onClick={() => narrow({ name: undefined })}>
            {name} ×
          </button>
        )}
      </StateFacet>
      {error && !rows && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !rows && <SkeletonRows rows={8} height={38} />}
      {rows?.length === 0 &&
        (name || status ? (
          <Empty icon={IconRoute} title={t('workflows.noMatch')} />
        ) : (
          <Empty
            icon={IconRoute}
            title={t('workflows.emptyTitle')}
            detail={t('workflows.emptyDetail')}
          >
            <StartExample />
          </Empty>
        ))}
      {rows && rows.length > 0 && (
        <DataTable
          rows={rows}
          columns={columns}
          keyOf={run => run.id}
          sortBy={{ key: 'started', descending: true }}
          onOpen={run => void navigate({ to: '/workflows/$id', params: { id: run.id } })}
        />
      )}
      <More more={more} loading={loading} onMore={loadMore} />
    </>
  )
}

function useColumns() {
  const { t } = useWords()
  return useMemo<Column<Run>[]>(
    () => [
      {
        key: 'name',
        title: t('workflows.colName'),
        value: run => run.name,
        cell: run => (
          <Link
            to="/workflows/$id"
            params={{ id: run.id }}
            className={shared.name}
            title={run.name}
          >
            {run.name}
          </Link>
        ),
      },
      {
        key: 'state',
        title: t('tasks.colState'),
        width: '120px',
        phoneWidth: '104px',
        value: run => run.status,
        cell: run => <RunBadge state={run.status} />,
      },
      {
        key: 'version',
        title: t('workflows.version'),
        width: '76px',
        align: 'end',
        rank: 'second',
        value: run => run.version,
        cell: run => run.version,
      },
      {
        key: 'id',
        title: 'ID',
        width: '96px',
        rank: 'second',
        cell: run => <Id id={run.id} />,
      },
      {
        key: 'took',
        title: t('task.took'),
        width: '104px',
        align: 'end',
        rank: 'second',
        value: run => (run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : 0),
        cell: run => (
          <Elapsed
            ms={run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : null}
            since={run.startedAt}
          />
        ),
      },
      {
        key: 'started',
        title: t('workflows.started'),
        width: '112px',
        phoneWidth: '84px',
        align: 'end',
        value: run => run.startedAt,
        cell: run => <Time at={run.startedAt} />,
      },
    ],
    [t],
  )
}

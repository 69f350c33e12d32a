import { IconUsersGroup } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo } from 'react'
import { type CrewRunItem, type CrewRunState, listCrewRuns, RUN_STATES } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { Id } from '@/components/ui/Id'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { wantTopic } from '@/lib/live'
import { useFurther } from '@/lib/use-further'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'

const isState = (text: string | undefined): text is CrewRunState =>
  RUN_STATES.some(state => state === text)

const page = async (state: CrewRunState | undefined, cursor?: string, signal?: AbortSignal) => {
  const { items, next } = await listCrewRuns({ state, cursor }, signal)
  return { items, next: next ?? null }
}

/** Plans that were run, the newest first; the list follows the workflows that they became. */
export function RunsTab() {
  const { t } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const search = useSearch({ from: '/crew' })
  const state = isState(search.state) ? search.state : undefined
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'runs', state],
    queryFn: ({ signal }) => page(state, undefined, signal),
  })
  useEffect(
    () =>
      wantTopic('workflows', () => void client.invalidateQueries({ queryKey: ['crew', 'runs'] })),
    [client],
  )
  const older = useCallback((cursor: string) => page(state, cursor), [state])
  const { rows, more, loadMore, loading } = useFurther(data, older, run => run.id, state)
  const columns = useColumns()
  const narrow = (next: CrewRunState | undefined) =>
    void navigate({ to: '/crew', search: { tab: 'runs', state: next } })
  return (
    <>
      <div className={styles.states} role="group" aria-label={t('tasks.stateFacet')}>
        <button type="button" aria-pressed={!state} onClick={() => narrow(undefined)}>
          {t('tasks.all')}
        </button>
        {RUN_STATES.filter(each => each !== 'initialized').map(each => (
          <button
            key={each}
            type="button"
            aria-pressed={each === state}
            onClick={() => narrow(each === state ? undefined : each)}
          >
            <CrewBadge state={each} />
          </button>
        ))}
      </div>
      {error && !rows && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !rows && <SkeletonRows rows={8} height={38} />}
      {rows?.length === 0 && (
        <Empty
          icon={IconUsersGroup}
          title={t(state ? 'workflows.noMatch' : 'crew.noRuns')}
          detail={state ? undefined : t('crew.noRunsDetail')}
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
      {more && (
        <p className={styles.more}>
          <button type="button" onClick={loadMore} disabled={loading}>
            {t('action.older')}
          </button>
        </p>
      )}
    </>
  )
}

function useColumns() {
  const { t } = useWords()
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
            className={styles.name}
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
    [t],
  )
}

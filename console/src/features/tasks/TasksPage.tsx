import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Outlet, useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Page } from '@/components/ui/Page'
import { useWords } from '@/i18n'
import { isTaskId } from '@/lib/ids'
import { useIsWide } from '@/lib/viewport'
import { BulkRuns } from './actions/BulkRuns'
import { SelectionBar } from './actions/SelectionBar'
import { filtersFrom, searchOf, type TaskFilters } from './filters'
import { FilterBar } from './list/FilterBar'
import { useFacets } from './list/facets'
import { ListFooter } from './list/ListFooter'
import { NewRows } from './list/NewRows'
import { TaskTable } from './list/TaskTable'
import { useListKeys } from './list/useListKeys'
import { useSelection } from './list/useSelection'
import { useTaskList } from './list/useTaskList'
import { SubmitDialog } from './submit/SubmitDialog'
import styles from './TasksPage.module.css'

/** Where each list was scrolled to, for the way back. */
const places = new Map<string, { current: number }>()

export function TasksPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const router = useRouter()
  const wide = useIsWide()
  const search = useSearch({ from: '/tasks' })
  const openId = useParams({ strict: false }).id as string | undefined
  const address = JSON.stringify(searchOf(filtersFrom(search)))
  const filters = useMemo<TaskFilters>(() => filtersFrom(JSON.parse(address)), [address])
  const input = useRef<HTMLInputElement>(null)
  const { list, view } = useTaskList(filters)
  const facets = useFacets(filters)
  const { rows, fresh } = view
  const selection = useSelection(rows)
  const [submitting, setSubmitting] = useState(false)
  const place = placeOf(address)

  const open = useCallback(
    (id: string, replace = false) =>
      void navigate({ to: '/tasks/$id', params: { id }, search: searchOf(filters), replace }),
    [navigate, filters],
  )
  const close = useCallback(
    () => void navigate({ to: '/tasks', search: searchOf(filters) }),
    [navigate, filters],
  )
  const change = (next: TaskFilters) => {
    if (next.q && isTaskId(next.q)) {
      open(next.q.trim().toLowerCase())
      return
    }
    selection.clear()
    void navigate({
      to: openId ? '/tasks/$id' : '/tasks',
      params: openId ? { id: openId } : undefined,
      search: searchOf(next),
      // Typing is one step of the history, not one a letter.
      replace: next.q !== filters.q,
    })
  }
  const showFresh = () => {
    list.showFresh()
    place.current = 0
    document.querySelector('[data-testid="task-rows"]')?.scrollTo({ top: 0 })
  }

  const cursor = useListKeys({
    rows,
    openId,
    onOpen: open,
    onClose: close,
    onSelect: selection.toggle,
    onClear: selection.clear,
    focusFilter: () => input.current?.focus(),
    showFresh,
  })
  const loadMore = useCallback(() => list.loadMore(), [list])
  const hrefOf = (id: string) =>
    router.buildLocation({ to: '/tasks/$id', params: { id }, search: searchOf(filters) }).href
  const dialogOpen = submitting || search.submit === '1'

  return (
    <div className={styles.split}>
      {(wide || !openId) && (
        <div className={styles.list} data-beside={openId ? true : undefined}>
          <Page
            fill
            title={t('parts.tasks')}
            actions={
              <Button
                leftSection={<IconPlus size={16} stroke={2} />}
                onClick={() => setSubmitting(true)}
              >
                {t('tasks.submit')}
              </Button>
            }
          >
            <FilterBar filters={filters} facets={facets} input={input} onChange={change} />
            <TaskTable
              key={address}
              rows={rows}
              hrefOf={hrefOf}
              openId={openId}
              cursor={cursor}
              selected={selection.ids}
              onOpen={open}
              onSelect={selection.toggle}
              onSelectAll={selection.all}
              loading={view.status === 'loading'}
              more={view.more && !view.tired && view.status !== 'failed'}
              onEnd={loadMore}
              place={place}
              announcement={
                <NewRows count={fresh.length} overflow={view.overflow} onShow={showFresh} />
              }
              footer={
                <ListFooter
                  view={view}
                  shown={rows.length}
                  filters={filters}
                  onRetry={() => list.retry()}
                  onLookOn={() => list.lookOn()}
                  onClear={() => change({ states: [] })}
                  onSubmit={() => setSubmitting(true)}
                />
              }
            />
            {selection.ids.size > 0 && (
              <SelectionBar
                tasks={selection.tasks}
                filters={filters}
                facets={facets}
                couldBeAll={view.more && selection.ids.size === rows.length}
                onClear={selection.clear}
              />
            )}
            <BulkRuns onOpen={open} />
          </Page>
        </div>
      )}
      {openId && (
        <div className={styles.detail}>
          <Outlet />
        </div>
      )}
      <SubmitDialog
        open={dialogOpen}
        onOpenTask={open}
        onClose={() => {
          setSubmitting(false)
          if (search.submit) close()
        }}
      />
    </div>
  )
}

function placeOf(address: string) {
  const place = places.get(address) ?? { current: 0 }
  places.set(address, place)
  return place
}

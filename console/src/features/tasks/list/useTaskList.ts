import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { changeOf, type WireChange } from '@/api/task-shapes'
import { LARGEST_PAGE, listTasks, tasksStreamUrl } from '@/api/tasks'
import type { TaskChange, TaskFacets } from '@/api/types'
import { openStream } from '@/lib/stream'
import { matches, queryOf, searchOf, type TaskFilters } from '../filters'
import { facetsKey } from './facets'
import { LiveList } from './live-list'

/** Changes are collected for this long: a fast queue would otherwise render thousands of times. */
const BATCH_MS = 250
const KEPT = 6

/** The last lists, so that Back finds its rows and its place where they were. */
const lists = new Map<string, LiveList>()

function listFor(filters: TaskFilters): LiveList {
  const key = JSON.stringify(searchOf(filters))
  const existing = lists.get(key)
  if (existing) return existing
  const list = new LiveList({
    fetchPage: (cursor, signal) =>
      listTasks(queryOf(filters), { limit: LARGEST_PAGE, cursor }, signal),
    belongs: task => matches(task, filters),
  })
  lists.set(key, list)
  for (const old of [...lists.keys()].slice(0, -KEPT)) lists.delete(old)
  return list
}

/** Takes a deleted task out of the lists that are kept. */
export const dropTask = (id: string) => {
  for (const list of lists.values()) list.drop(id)
}

/** Reads the lists that are kept anew: many tasks were deleted. */
export const reloadLists = () => {
  for (const list of lists.values()) list.reload()
}

export function useTaskList(filters: TaskFilters) {
  const client = useQueryClient()
  const list = useMemo(() => listFor(filters), [filters])
  const view = useSyncExternalStore(list.subscribe, list.snapshot)

  useEffect(() => {
    list.start()
  }, [list])

  useEffect(() => {
    let waiting: TaskChange[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      const changes = waiting
      waiting = []
      list.hear(changes)
    }
    // The server tells of rows that leave the filter too: they are shown with their new state.
    const close = openStream(tasksStreamUrl(queryOf(filters), 'counted'), {
      onEvent: (event, data) => {
        if (event === 'missed') void list.catchUp()
        if (event === 'facets') client.setQueryData(facetsKey(filters), data as TaskFacets)
        if (event !== 'task') return
        waiting.push(changeOf(data as WireChange))
        timer ??= setTimeout(flush, BATCH_MS)
      },
      onReopen: () => void list.catchUp(),
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [list, filters, client])

  return { list, view }
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { countTasks } from '@/api/tasks'
import { type FacetCount, type StateCounts, TASK_STATES, type TaskFacets } from '@/api/types'
import { count, UNKNOWN } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import { useLiveRefresh } from '@/lib/live-refresh'
import { queryOf, searchOf, type TaskFilters } from '../filters'

const KEY = ['facets']

/** Counts for what the filter bar offers: pushed where nothing narrows them, else asked for. */
export function useFacets(filters: TaskFilters): TaskFacets | undefined {
  const { data } = useQuery({
    queryKey: [...KEY, searchOf(filters)],
    queryFn: ({ signal }) => countTasks(queryOf(filters), signal),
    placeholderData: keepPreviousData,
  })
  useLiveRefresh(KEY)
  const pushed = useLiveState(live => live.overview?.counts)
  const narrowed = Boolean(filters.queue || filters.type || filters.tag || filters.q)
  if (!data || narrowed || !pushed) return data
  return { ...data, states: statesOf(pushed) }
}

const statesOf = (counts: StateCounts): FacetCount[] =>
  TASK_STATES.map(value => ({ value, count: counts[value], capped: false }))

/** 1,204; 10 k+ where the server stopped counting; unknown where it found none until then. */
export const facetText = ({ count: number, capped }: FacetCount) =>
  capped ? (number ? `${count(number)}+` : UNKNOWN) : count(number)

/** All of some counts together. */
export function sumOf(counts: readonly FacetCount[]): FacetCount {
  return {
    value: '',
    count: counts.reduce((sum, each) => sum + each.count, 0),
    capped: counts.some(each => each.capped),
  }
}

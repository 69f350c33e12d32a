import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { countTasks } from '@/api/tasks'
import { type FacetCount, type StateCounts, TASK_STATES, type TaskFacets } from '@/api/types'
import { count, UNKNOWN } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import { isFiltered, queryOf, searchOf, type TaskFilters } from '../filters'

/** Of all filters. */
export const FACETS = ['facets']

export const facetsKey = (filters: TaskFilters) => [...FACETS, searchOf(filters)]

/** Counts for what the filter bar offers: read once, then pushed with the list's own stream. */
export function useFacets(filters: TaskFilters): TaskFacets | undefined {
  const { data } = useQuery({
    queryKey: facetsKey(filters),
    queryFn: ({ signal }) => countTasks(queryOf(filters), signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const pushed = useLiveState(live => live.overview?.counts)
  const narrowed = isFiltered({ ...filters, states: [] })
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

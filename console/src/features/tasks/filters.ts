import type { TaskQuery } from '@/api/tasks'
import { TASK_STATES, type Task, type TaskState } from '@/api/types'

/** What the list is narrowed to. The address of the page holds all of it. */
export interface TaskFilters {
  states: TaskState[]
  queue?: string
  type?: string
  tag?: string
  /** Text to look for in id, type, tags, unique key and last error. */
  q?: string
}

type Search = Record<string, string | undefined>

const known = new Set<string>(TASK_STATES)

export function filtersFrom(search: Search): TaskFilters {
  const asked = new Set((search.state ?? '').split(',').filter(state => known.has(state)))
  return {
    // The order of the states, not that of the clicks: one selection has one address.
    states: TASK_STATES.filter(state => asked.has(state)),
    queue: search.queue || undefined,
    type: search.type || undefined,
    tag: search.tag || undefined,
    q: search.q || undefined,
  }
}

export function searchOf(filters: TaskFilters): Search {
  return {
    state: filters.states.length ? filters.states.join(',') : undefined,
    queue: filters.queue,
    type: filters.type,
    tag: filters.tag,
    q: filters.q,
  }
}

/** The part that the server answers. */
export const queryOf = (filters: TaskFilters): TaskQuery => ({
  state: filters.states,
  queue: filters.queue,
  type: filters.type,
  tag: filters.tag,
  text: filters.q?.trim() || undefined,
})

export const isFiltered = (filters: TaskFilters): boolean =>
  filters.states.length > 0 || Boolean(filters.queue || filters.type || filters.tag || filters.q)

/** Whether the server would list this task. */
export function matches(task: Task, { states, queue, type, tag, q }: TaskFilters): boolean {
  return (
    matchesText(task, q) &&
    (states.length === 0 || states.includes(task.state)) &&
    (!queue || task.queue === queue) &&
    (!type || task.type === type) &&
    (!tag || task.tags.includes(tag))
  )
}

/** Fewer characters of the end of an id would match by chance. */
const ID_END = 6

function matchesText(task: Task, q: string | undefined): boolean {
  const wanted = q?.trim().toLowerCase()
  if (!wanted) return true
  const { id, type, uniqueKey, error, tags } = task
  return (
    id.startsWith(wanted) ||
    (wanted.length >= ID_END && id.endsWith(wanted)) ||
    [type, uniqueKey ?? '', error ?? '', ...tags].some(text => text.toLowerCase().includes(wanted))
  )
}

export function toggleState(filters: TaskFilters, state: TaskState): TaskFilters {
  const states = filters.states.includes(state)
    ? filters.states.filter(each => each !== state)
    : [...filters.states, state]
  return { ...filters, states }
}

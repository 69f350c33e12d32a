import type { TaskQuery } from '@/api/tasks'
import { TASK_STATES, type Task, type TaskState } from '@/api/types'

/** What the list is narrowed to. The address of the page holds all of it. */
export interface TaskFilters {
  states: TaskState[]
  queue?: string
  type?: string
  tag?: string
  /** The id of a batch. */
  batch?: string
  tenant?: string
  /** What a task is about. */
  key?: string
  /** The name of a schedule. */
  schedule?: string
  /** Text to look for in id, type, tags, unique key and last error. */
  q?: string
  /** Where to look for the text: in all that a task says of itself, or in its input. */
  in?: 'input'
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
    batch: search.batch || undefined,
    tenant: search.tenant || undefined,
    key: search.key || undefined,
    schedule: search.schedule || undefined,
    q: search.q || undefined,
    in: search.in === 'input' ? 'input' : undefined,
  }
}

export function searchOf(filters: TaskFilters): Search {
  return {
    state: filters.states.length ? filters.states.join(',') : undefined,
    queue: filters.queue,
    type: filters.type,
    tag: filters.tag,
    batch: filters.batch,
    tenant: filters.tenant,
    key: filters.key,
    schedule: filters.schedule,
    q: filters.q,
    in: filters.in,
  }
}

/** The part that the server answers. */
export const queryOf = (filters: TaskFilters): TaskQuery => ({
  state: filters.states,
  queue: filters.queue,
  type: filters.type,
  tag: filters.tag,
  batch: filters.batch,
  tenant: filters.tenant,
  key: filters.key,
  schedule: filters.schedule,
  text: filters.in ? undefined : filters.q?.trim() || undefined,
  input: filters.in ? filters.q?.trim() || undefined : undefined,
})

export const isFiltered = (filters: TaskFilters): boolean =>
  filters.states.length > 0 || Object.values({ ...filters, states: '', in: '' }).some(Boolean)

/** Whether the server would list this task. */
export function matches(task: Task, filters: TaskFilters): boolean {
  const { states, queue, type, tag, batch, tenant, key, schedule, q } = filters
  return (
    matchesText(task, q, filters.in) &&
    (states.length === 0 || states.includes(task.state)) &&
    (!queue || task.queue === queue) &&
    (!type || task.type === type) &&
    (!tag || hasTag(task, tag)) &&
    (!schedule || task.tags.includes(`schedule:${schedule}`)) &&
    (!batch || task.batch === batch) &&
    (!tenant || task.tenant === tenant) &&
    (!key || task.key === key)
  )
}

/** What a dead task died of is a tag that only the server sees. */
const hasTag = (task: Task, tag: string) => !tag.startsWith('error:') && task.tags.includes(tag)

/** Fewer characters of the end of an id would match by chance. */
const ID_END = 6

function matchesText(task: Task, q: string | undefined, where: 'input' | undefined): boolean {
  const wanted = q?.trim().toLowerCase()
  if (!wanted) return true
  // Rows have no inputs, and the server tells of no others then.
  if (where) return true
  const { id, type, uniqueKey, key, error, tags } = task
  return (
    id.startsWith(wanted) ||
    (wanted.length >= ID_END && id.endsWith(wanted)) ||
    [type, uniqueKey ?? '', key ?? '', error ?? '', ...tags].some(text =>
      text.toLowerCase().includes(wanted),
    )
  )
}

export function toggleState(filters: TaskFilters, state: TaskState): TaskFilters {
  const states = filters.states.includes(state)
    ? filters.states.filter(each => each !== state)
    : [...filters.states, state]
  return { ...filters, states }
}

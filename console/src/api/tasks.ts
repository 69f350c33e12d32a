import { API, answerOf, client } from './client'
import { detailOf, taskOf } from './task-shapes'
import type { BulkVerb, TaskDetail, TaskFacets, TaskList, TaskState } from './types'

export interface TaskQuery {
  state?: TaskState[]
  queue?: string
  type?: string
  tag?: string
  text?: string
  /** A part of the input. */
  input?: string
  tenant?: string
  key?: string
  batch?: string
  schedule?: string
}

export interface Submission {
  type: string
  input: unknown
  queue?: string
  priority?: number
  delay?: string
  uniqueKey?: string
  uniqueFor?: string
  onDuplicate?: OnDuplicate
  expiry?: string
  chain?: string
  cost?: number
  tags: string[]
}

export const ON_DUPLICATE = ['keep', 'replace', 'debounce', 'keep-last'] as const

/** What becomes of the task that has the unique key already. */
export interface OnDuplicate {
  action: (typeof ON_DUPLICATE)[number]
  parts: ('input' | 'priority' | 'queue' | 'due')[]
  atMost?: string
}

/** The most that the server gives at once. */
export const LARGEST_PAGE = 200

export async function listTasks(
  query: TaskQuery,
  page: { limit: number; cursor?: string },
  signal?: AbortSignal,
): Promise<TaskList> {
  const answer = await answerOf(
    client.GET('/api/v1/tasks', { params: { query: { ...query, ...page } }, signal }),
  )
  return {
    items: answer.items.map(taskOf),
    next: answer.next ?? null,
    lookedBackTo: answer.lookedBackTo ?? null,
  }
}

/** How many tasks each other choice of the filter would show. */
export const countTasks = async (query: TaskQuery, signal?: AbortSignal): Promise<TaskFacets> =>
  answerOf(client.GET('/api/v1/tasks/facets', { params: { query }, signal }))

/** The most that can be picked one by one for an action. */
export const MOST_PICKED = 10_000

/** Has the server do something to many tasks; answers with the id of the task that does it. */
export function actOnTasks(action: BulkVerb, on: { ids: string[] } | { filter: TaskQuery }) {
  const chosen = 'ids' in on ? on : { filter: { ...on.filter, state: on.filter.state ?? [] } }
  return answerOf(client.POST('/api/v1/tasks/actions', { body: { action, ...chosen } }))
}

export const fetchTask = async (id: string, signal?: AbortSignal): Promise<TaskDetail> =>
  detailOf(await answerOf(client.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal })))

export const listTaskTypes = async (signal?: AbortSignal): Promise<string[]> =>
  (await answerOf(client.GET('/api/v1/task-types', { signal }))).items

export const submitTask = (body: Submission) =>
  answerOf(
    client.POST('/api/v1/tasks', { body: { after: [], afterOutcome: 'succeeded', ...body } }),
  )

export const cancelTask = (id: string) =>
  answerOf(client.POST('/api/v1/tasks/{id}/cancel', { params: { path: { id } } }))

export const retryTask = (id: string) =>
  answerOf(client.POST('/api/v1/tasks/{id}/retry', { params: { path: { id } } }))

export const discardTask = (id: string) =>
  answerOf(client.POST('/api/v1/tasks/{id}/discard', { params: { path: { id } } }))

export const deleteTask = (id: string) =>
  answerOf(client.DELETE('/api/v1/tasks/{id}', { params: { path: { id } } }))

/** What is left out stays as it is. */
export interface TaskMove {
  priority?: number
  queue?: string
  /** How long from now it is to wait. */
  delay?: string
  input?: unknown
}

export const moveTask = (id: string, body: TaskMove) =>
  answerOf(client.PATCH('/api/v1/tasks/{id}', { params: { path: { id } }, body }))

export const taskStreamUrl = (id: string) => `${API}/tasks/${encodeURIComponent(id)}/stream`

/** Sends a signal; undefined is no payload. */
export const signalTask = (id: string, name: string, payload: unknown) =>
  answerOf(
    client.POST('/api/v1/tasks/{id}/signals/{name}', {
      params: { path: { id, name } },
      body: payload as never,
    }),
  )

/** News of all tasks that match, and the counts of the filter whenever they change. */
export function tasksStreamUrl({ state, ...filter }: TaskQuery, counted?: 'counted'): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(filter)) if (value) params.set(key, value)
  if (state?.length) params.set('state', state.join())
  if (counted) params.set('facets', 'true')
  const text = params.toString()
  return `${API}/tasks/stream${text ? `?${text}` : ''}`
}

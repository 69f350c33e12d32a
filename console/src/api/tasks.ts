import { API, get, post } from './client'
import { changeOf, detailOf, taskOf } from './task-shapes'
import type { LogLine, Page, Task, TaskDetail, TaskState } from './types'

export interface TaskQuery {
  state?: TaskState[]
  queue?: string
  type?: string
  tag?: string
}

export interface Submission {
  type: string
  input: unknown
  queue?: string
  priority?: number
  delay?: string
  uniqueKey?: string
  tags?: string[]
}

export interface Submitted {
  id: string
  state: TaskState
  position: string
  statusUrl: string
}

/** The most that the server gives at once. */
export const LARGEST_PAGE = 200

const path = (id: string) => `${API}/tasks/${encodeURIComponent(id)}`

export async function listTasks(
  query: TaskQuery,
  page: { limit: number; cursor?: string },
  signal?: AbortSignal,
): Promise<Page<Task>> {
  const answer = await get<Page<unknown>>(`${API}/tasks`, { ...query, ...page }, signal)
  return { items: answer.items.map(taskOf), next: answer.next ?? null }
}

export const fetchTask = async (id: string, signal?: AbortSignal): Promise<TaskDetail> =>
  detailOf(await get(path(id), {}, signal))

export const listTaskTypes = (signal?: AbortSignal) =>
  get<Page<string>>(`${API}/task-types`, {}, signal)

export const submitTask = (submission: Submission): Promise<Submitted> =>
  post(`${API}/tasks`, submission)

export const cancelTask = (id: string) => post<{ state: TaskState }>(`${path(id)}/cancel`)
export const retryTask = (id: string) => post<{ state: TaskState }>(`${path(id)}/retry`)

export const taskStreamUrl = (id: string) => `${path(id)}/stream`

/** News of all tasks of a queue, a type or a tag. */
export function tasksStreamUrl({ queue, type, tag }: TaskQuery): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries({ queue, type, tag })) if (value) params.set(key, value)
  const text = params.toString()
  return `${API}/task-stream${text ? `?${text}` : ''}`
}

export type { LogLine }
export { changeOf, detailOf, taskOf }

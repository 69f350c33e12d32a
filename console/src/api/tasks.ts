import { API, get, post } from './client'
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

const asQuery = (query: TaskQuery) => ({
  state: query.state?.length ? query.state.join(',') : undefined,
  queue: query.queue,
  type: query.type,
  tag: query.tag,
})

export const listTasks = (
  query: TaskQuery,
  page: { limit: number; cursor?: string },
  signal?: AbortSignal,
): Promise<Page<Task>> => get(`${API}/tasks`, { ...asQuery(query), ...page }, signal)

export const fetchTask = (id: string, signal?: AbortSignal): Promise<TaskDetail> =>
  get(`${API}/tasks/${encodeURIComponent(id)}`, {}, signal)

export const fetchTaskLog = (id: string, after?: string, signal?: AbortSignal) =>
  get<Page<LogLine>>(`${API}/tasks/${encodeURIComponent(id)}/log`, { after, limit: 1000 }, signal)

export const submitTask = (submission: Submission): Promise<Submitted> =>
  post(`${API}/tasks`, submission)

export const cancelTask = (id: string) => post(`${API}/tasks/${encodeURIComponent(id)}/cancel`)
export const retryTask = (id: string) => post(`${API}/tasks/${encodeURIComponent(id)}/retry`)

export const taskStreamUrl = (id: string) => `${API}/tasks/${encodeURIComponent(id)}/stream`

export function tasksStreamUrl(query: TaskQuery): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(asQuery(query))) if (value) params.set(key, value)
  const text = params.toString()
  return `${API}/tasks/stream${text ? `?${text}` : ''}`
}

import { API, get, post } from './client'
import type { Page, Queue } from './types'

export const listQueues = (signal?: AbortSignal) => get<Page<Queue>>(`${API}/queues`, {}, signal)

export const pauseQueue = (name: string) => post(`${API}/queues/${encodeURIComponent(name)}/pause`)

export const resumeQueue = (name: string) =>
  post(`${API}/queues/${encodeURIComponent(name)}/resume`)

import { API, get, post } from './client'
import { type Page, type Queue, type StateCounts, TASK_STATES } from './types'

export async function listQueues(signal?: AbortSignal): Promise<Page<Queue>> {
  const answer = await get<Page<unknown>>(`${API}/queues`, {}, signal)
  return { items: answer.items.map(queueOf), next: answer.next ?? null }
}

export function queueOf(raw: unknown): Queue {
  const queue = raw as Partial<Queue> & { name: string }
  const counts = Object.fromEntries(
    TASK_STATES.map(state => [state, Number(queue.counts?.[state] ?? 0)]),
  ) as StateCounts
  return {
    name: queue.name,
    paused: Boolean(queue.paused),
    concurrency: queue.concurrency ?? null,
    running: queue.running ?? counts.running,
    counts,
    rates: queue.rates ?? null,
  }
}

const path = (name: string) => `${API}/queues/${encodeURIComponent(name)}`

export const pauseQueue = (name: string) => post(`${path(name)}/pause`)
export const resumeQueue = (name: string) => post(`${path(name)}/resume`)

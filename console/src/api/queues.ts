import { answerOf, client, type Wire } from './client'
import { type Queue, type StateCounts, TASK_STATES } from './types'

export const countsOf = (raw: Record<string, number> | undefined): StateCounts =>
  Object.fromEntries(TASK_STATES.map(state => [state, raw?.[state] ?? 0])) as StateCounts

const queueOf = ({
  name,
  paused,
  order,
  concurrency,
  counts,
  auto,
  memoryCap,
}: Wire['QueueItem']): Queue => ({
  name,
  paused,
  order,
  concurrency,
  counts: countsOf(counts),
  auto: auto ?? undefined,
  memoryCap: memoryCap ?? undefined,
})

/** A list of queues, as it is answered and as it is pushed. */
export const queuesOf = ({ items }: { items: Wire['QueueItem'][] }): Queue[] => items.map(queueOf)

export const listQueues = async (signal?: AbortSignal): Promise<Queue[]> =>
  queuesOf(await answerOf(client.GET('/api/v1/queues', { signal })))

export const pauseQueue = (name: string) =>
  answerOf(client.POST('/api/v1/queues/{name}/pause', { params: { path: { name } } }))

export const resumeQueue = (name: string) =>
  answerOf(client.POST('/api/v1/queues/{name}/resume', { params: { path: { name } } }))

export type QueueLimit = Wire['QueueLimit']

/** A number, or bounds between which the queue finds it by itself. */
export const limitQueue = (name: string, body: QueueLimit) =>
  answerOf(client.PUT('/api/v1/queues/{name}/limit', { params: { path: { name } }, body }))

/** Which of its tasks go first. */
export const orderQueue = (name: string, order: Queue['order']) =>
  answerOf(
    client.PUT('/api/v1/queues/{name}/order', { params: { path: { name } }, body: { order } }),
  )

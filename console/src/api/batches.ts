import { API, answerOf, client, type Wire } from './client'
import { taskOf } from './task-shapes'
import type { Page, Task } from './types'

export type Batch = Wire['BatchItem']
export type BatchDetail = Wire['BatchDetail']

/** A list of batches, as it is answered and as it is pushed. */
export const batchesOf = (page: { items: Batch[]; next?: string | null }): Page<Batch> => ({
  items: page.items,
  next: page.next ?? null,
})

export const listBatches = async (cursor?: string, signal?: AbortSignal) =>
  batchesOf(
    await answerOf(client.GET('/api/v1/batches', { params: { query: { cursor } }, signal })),
  )

export const fetchBatch = (id: string, signal?: AbortSignal): Promise<BatchDetail> =>
  answerOf(client.GET('/api/v1/batches/{id}', { params: { path: { id } }, signal }))

export const listMembers = async (id: string, signal?: AbortSignal): Promise<Page<Task>> => {
  const answer = await answerOf(
    client.GET('/api/v1/batches/{id}/tasks', {
      params: { path: { id }, query: { limit: 100 } },
      signal,
    }),
  )
  return { items: answer.items.map(taskOf), next: answer.next ?? null }
}

export const cancelBatch = (id: string) =>
  answerOf(client.POST('/api/v1/batches/{id}/cancel', { params: { path: { id } } }))

export const closeBatch = (id: string) =>
  answerOf(client.POST('/api/v1/batches/{id}/close', { params: { path: { id } } }))

export const batchStreamUrl = (id: string) => `${API}/batches/${encodeURIComponent(id)}/stream`

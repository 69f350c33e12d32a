import { answerOf, client, type Wire } from './client'
import type { Page } from './types'

export type Webhook = Wire['WebhookItem']
export type WebhookBody = Wire['WebhookBody']
export type WebhookSecret = Wire['WebhookSecret']
export type WebhookTest = Wire['WebhookTest']
export type Delivery = Wire['DeliveryItem']

/** What a web hook can be told of: a start is no commit. */
export const TOLD = [
  'dead',
  'succeeded',
  'cancelled',
  'retrying',
  'scheduled',
  'waiting',
  'ready',
] as const

const at = (name: string) => ({ params: { path: { name } } })

export const listWebhooks = async (signal?: AbortSignal): Promise<Webhook[]> =>
  (await answerOf(client.GET('/api/v1/webhooks', { signal }))).items

export const createWebhook = (name: string, webhook: WebhookBody): Promise<WebhookSecret> =>
  answerOf(client.POST('/api/v1/webhooks', { body: { name, webhook } }))

export const changeWebhook = (name: string, body: WebhookBody) =>
  answerOf(client.PUT('/api/v1/webhooks/{name}', { ...at(name), body }))

export const removeWebhook = (name: string) =>
  answerOf(client.DELETE('/api/v1/webhooks/{name}', at(name)))

/**
 * Makes a new secret.
 *
 * @param overlap how long the one so far signs as well, as the server sees fit if it is left out
 */
export const renewSecret = (name: string, overlap?: string): Promise<WebhookSecret> =>
  answerOf(
    client.POST('/api/v1/webhooks/{name}/secret', {
      params: { path: { name }, query: { overlap } },
    }),
  )

export const testWebhook = (name: string): Promise<WebhookTest> =>
  answerOf(client.POST('/api/v1/webhooks/{name}/test', at(name)))

export async function listDeliveries(
  name: string,
  cursor?: string,
  signal?: AbortSignal,
): Promise<Page<Delivery>> {
  const answer = await answerOf(
    client.GET('/api/v1/webhooks/{name}/deliveries', {
      params: { path: { name }, query: { cursor, limit: 50 } },
      signal,
    }),
  )
  return { items: answer.items, next: answer.next ?? null }
}

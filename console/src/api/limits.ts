import { answerOf, client, type Wire } from './client'

export type Limit = Wire['LimitItem']
export type LimitBody = Wire['LimitBody']
export type KeyBody = Wire['KeyBody']
export type KeyItem = Wire['KeyItem']
export type Pool = Wire['PoolItem']

/** A list, as it is answered and as it is pushed. */
export const itemsOf = <T>({ items }: { items: T[] }): T[] => items

export const listLimits = async (signal?: AbortSignal): Promise<Limit[]> =>
  itemsOf(await answerOf(client.GET('/api/v1/limits', { signal })))

export const setLimit = (name: string, body: LimitBody) =>
  answerOf(client.PUT('/api/v1/limits/{name}', { params: { path: { name } }, body }))

export const removeLimit = (name: string) =>
  answerOf(client.DELETE('/api/v1/limits/{name}', { params: { path: { name } } }))

/** The keys with numbers of their own, the first two hundred. */
export const listKeys = async (name: string, signal?: AbortSignal): Promise<KeyItem[]> =>
  itemsOf(
    await answerOf(
      client.GET('/api/v1/limits/{name}/keys', {
        params: { path: { name }, query: { limit: 200 } },
        signal,
      }),
    ),
  )

export const setKey = (name: string, body: KeyBody) =>
  answerOf(client.PUT('/api/v1/limits/{name}/keys', { params: { path: { name } }, body }))

export const removeKey = (name: string, key: string) =>
  answerOf(
    client.DELETE('/api/v1/limits/{name}/keys', { params: { path: { name }, query: { key } } }),
  )

export const listPools = async (signal?: AbortSignal): Promise<Pool[]> =>
  itemsOf(await answerOf(client.GET('/api/v1/pools', { signal })))

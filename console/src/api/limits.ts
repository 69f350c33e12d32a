import { answerOf, client, type Wire } from './client'

export type Limit = Wire['LimitItem']
export type LimitBody = Wire['LimitBody']
export type Pool = Wire['PoolItem']

/** A list, as it is answered and as it is pushed. */
export const itemsOf = <T>({ items }: { items: T[] }): T[] => items

export const listLimits = async (signal?: AbortSignal): Promise<Limit[]> =>
  itemsOf(await answerOf(client.GET('/api/v1/limits', { signal })))

export const setLimit = (name: string, body: LimitBody) =>
  answerOf(client.PUT('/api/v1/limits/{name}', { params: { path: { name } }, body }))

export const removeLimit = (name: string) =>
  answerOf(client.DELETE('/api/v1/limits/{name}', { params: { path: { name } } }))

export const listPools = async (signal?: AbortSignal): Promise<Pool[]> =>
  itemsOf(await answerOf(client.GET('/api/v1/pools', { signal })))

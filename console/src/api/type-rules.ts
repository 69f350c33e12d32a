import { answerOf, client, type Wire } from './client'
import { itemsOf } from './limits'

/** A task type with the time limit and attempts that are in force. */
export type TypeItem = Wire['TypeItem']
export type TypeRule = Wire['TypeRule']

export const listTypeRules = async (signal?: AbortSignal): Promise<TypeItem[]> =>
  itemsOf(await answerOf(client.GET('/api/v1/task-type-rules', { signal })))

const at = (name: string) => ({ params: { path: { name } } })

/** What is left out is as the code says. */
export const setTypeRule = (name: string, body: TypeRule) =>
  answerOf(client.PUT('/api/v1/task-type-rules/{name}', { ...at(name), body }))

export const resetTypeRule = (name: string) =>
  answerOf(client.DELETE('/api/v1/task-type-rules/{name}', at(name)))

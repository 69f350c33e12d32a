import { answerOf, client, type Wire } from './client'

/** Whether the process takes work, and how much is still at work. */
export type Quiet = Wire['QuietItem']

export const showQuiet = async (signal?: AbortSignal): Promise<Quiet> =>
  answerOf(client.GET('/api/v1/quiet', { signal }))

export const quietDown = () => answerOf(client.POST('/api/v1/quiet'))

export const wakeUp = () => answerOf(client.DELETE('/api/v1/quiet'))

import { answerOf, client, type Wire } from './client'

export type Adaptive = Wire['AdaptiveItem']
export type Trial = Wire['TrialItem']

export const showAdaptive = async (signal?: AbortSignal): Promise<Adaptive> =>
  answerOf(client.GET('/api/v1/adaptive', { signal }))

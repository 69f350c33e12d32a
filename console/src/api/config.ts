import { answerOf, client } from './client'
import type { Setting } from './system-types'

/** The effective configuration; it changes only when the server starts again. */
export const listSettings = async (signal?: AbortSignal): Promise<Setting[]> =>
  (await answerOf(client.GET('/api/v1/config', { signal }))).items

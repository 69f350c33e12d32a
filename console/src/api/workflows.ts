import { API, answerOf, client, type Wire } from './client'
import type { Page } from './types'

export const RUN_STATES = [
  'waiting',
  'running',
  'checking',
  'paused',
  'succeeded',
  'skipped',
  'failed',
  'cancelled',
  'undoing',
  'undone',
] as const

export type RunState = (typeof RUN_STATES)[number]
export type Run = Wire['RunItem']
export type RunDetail = Wire['RunDetail']
export type Stage = Wire['StageItem']
export type Job = Wire['JobItem']
export type Sync = Wire['SyncItem']
export type Watch = Wire['WatchItem']
export type Waiting = Wire['WaitingItem']
export type Definition = Wire['Definition']

export const isOver = (state: RunState) =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled'

interface RunQuery {
  name?: string
  status?: RunState
  cursor?: string
}

/** A list of runs, as it is answered and as it is pushed. */
export const runsOf = (page: { items: Run[]; next?: string | null }): Page<Run> => ({
  items: page.items,
  next: page.next ?? null,
})

export const listRuns = async (query: RunQuery, signal?: AbortSignal) =>
  runsOf(await answerOf(client.GET('/api/v1/workflows', { params: { query }, signal })))

export const fetchRun = (id: string, signal?: AbortSignal): Promise<RunDetail> =>
  answerOf(client.GET('/api/v1/workflows/{id}', { params: { path: { id } }, signal }))

export const runStreamUrl = (id: string) => `${API}/workflows/${encodeURIComponent(id)}/stream`

export const listDefinitions = async (signal?: AbortSignal): Promise<Definition[]> =>
  (await answerOf(client.GET('/api/v1/workflow-definitions', { signal }))).items

/** A text that a person typed, in JSON or YAML: the server says what is wrong with it. */
export const defineWorkflow = (text: string, json: boolean) =>
  answerOf(
    client.POST('/api/v1/workflow-definitions', {
      body: text as unknown as Wire['WorkflowBody'],
      bodySerializer: body => String(body),
      headers: { 'Content-Type': json ? 'application/json' : 'application/yaml' },
    }),
  )

export const startRun = (name: string, input: unknown) =>
  answerOf(client.POST('/api/v1/workflows', { body: { name, input, tags: [] } }))

const at = (id: string) => ({ params: { path: { id } } })

export const pauseRun = (id: string) =>
  answerOf(client.POST('/api/v1/workflows/{id}/pause', at(id)))

export const resumeRun = (id: string) =>
  answerOf(client.POST('/api/v1/workflows/{id}/resume', at(id)))

export const cancelRun = (id: string) =>
  answerOf(client.POST('/api/v1/workflows/{id}/cancel', at(id)))

export const rollBackRun = (id: string, stage: string) =>
  answerOf(client.POST('/api/v1/workflows/{id}/rollback', { ...at(id), body: { stage } }))

export const forkRun = (id: string, stage: string, input: unknown) =>
  answerOf(client.POST('/api/v1/workflows/{id}/fork', { ...at(id), body: { stage, input } }))

/** A list of sync points, as it is answered and as it is pushed. */
export const waitingOf = ({ items }: { items: Waiting[] }): Waiting[] => items

export const listWaiting = async (signal?: AbortSignal): Promise<Waiting[]> =>
  waitingOf(await answerOf(client.GET('/api/v1/approvals', { signal })))

export type SyncAnswer =
  | { approved: boolean; by?: string; comment?: string }
  | { metrics: Record<string, unknown> }

export const answerSync = (id: string, stage: string, body: SyncAnswer) =>
  answerOf(
    client.POST('/api/v1/workflows/{id}/sync/{stage}', {
      params: { path: { id, stage } },
      body: body as Wire['SyncAnswer'],
    }),
  )

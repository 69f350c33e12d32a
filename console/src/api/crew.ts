import { API, answerOf, client, type Wire } from './client'

/** Plans, their runs, and who works on them. Types follow the server's answers. */

export type Plan = Wire['Plan']
export type Match = Wire['Match']
export type Agent = Wire['Agent']
export type Ranked = Wire['RankedAgent']
export type Template = Wire['TemplateView']
export type Execution = Wire['Execution']
export type Workspace = Wire['Workspace']
export type CrewRun = Awaited<ReturnType<typeof fetchCrewRun>>
export type CrewStage = CrewRun['stages'][number]
export type CrewTask = CrewStage['tasks'][number]
export type CrewSync = NonNullable<CrewStage['sync']>
export type CrewProcess = NonNullable<CrewStage['process']>
export type CrewRunItem = Awaited<ReturnType<typeof listCrewRuns>>['items'][number]
export type Work = Awaited<ReturnType<typeof listWork>>['items'][number]
export type ExecutionSummary = Awaited<ReturnType<typeof summarizeExecutions>>
export type Share = ExecutionSummary['byAgent'][number]
export type CheckSummary = Awaited<ReturnType<typeof summarizeChecks>>
export type Rate = CheckSummary['byStage'][number]
export type TimeSummary = Awaited<ReturnType<typeof fetchTimes>>
export type Times = TimeSummary['agents'][number]

export const RUN_STATES = [
  'initialized',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
] as const
export type CrewRunState = (typeof RUN_STATES)[number]

export const isOver = (state: string) =>
  state === 'completed' || state === 'failed' || state === 'cancelled'

const id = (value: string) => ({ params: { path: { id: value } } })

export const analyze = (request: string, template?: string, signal?: AbortSignal): Promise<Plan> =>
  answerOf(client.POST('/api/v1/crew/workflows/analyze', { body: { request, template }, signal }))

export interface RunOrder {
  request: string
  template?: string
  name?: string
  project?: string
  /** By task or agent, as a person typed them: the server says what is wrong. */
  executors?: unknown
  input?: unknown
  workspace?: string
  /** How often a stage that does not pass its check runs again. */
  gateRetries?: number
  /** By stage what is looked at while it is at work. */
  processGates?: unknown
}

export const startCrewRun = (order: RunOrder) =>
  answerOf(client.POST('/api/v1/crew/workflows', { body: order as never }))

export interface CrewRunQuery {
  /** Words of the request or the name. */
  q?: string
  project?: string
  domain?: string
  /** `roles` for the layout by roles. */
  template?: string
  state?: CrewRunState
  limit?: number
  cursor?: string
}

export const listCrewRuns = (query: CrewRunQuery, signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/workflows', { params: { query }, signal }))

export const fetchCrewRun = (run: string, signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/workflows/{id}', { ...id(run), signal }))

export const crewRunStreamUrl = (run: string) =>
  `${API}/crew/workflows/${encodeURIComponent(run)}/stream`

export const pauseCrewRun = (run: string) =>
  answerOf(client.POST('/api/v1/crew/workflows/{id}/pause', id(run)))

export const resumeCrewRun = (run: string) =>
  answerOf(client.POST('/api/v1/crew/workflows/{id}/resume', id(run)))

export const cancelCrewRun = (run: string) =>
  answerOf(client.POST('/api/v1/crew/workflows/{id}/cancel', id(run)))

export const rollBackCrewRun = (run: string, stage: string) =>
  answerOf(client.POST('/api/v1/crew/workflows/{id}/rollback', { ...id(run), body: { stage } }))

export const answerCrewSync = (run: string, stage: string, body: object) =>
  answerOf(
    client.POST('/api/v1/crew/workflows/{id}/sync/{syncId}', {
      params: { path: { id: run, syncId: stage } },
      body: body as never,
    }),
  )

export const listWork = (signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/work', { params: { query: { limit: 100 } }, signal }))

export const answerWork = (taskId: string, body: object) =>
  answerOf(
    client.POST('/api/v1/crew/work/{taskId}/answer', {
      params: { path: { taskId } },
      body: body as never,
    }),
  )

export const listAgents = async (signal?: AbortSignal): Promise<Agent[]> =>
  (await answerOf(client.GET('/api/v1/crew/agents', { signal }))).items

export const rankAgents = async (request: string, signal?: AbortSignal): Promise<Ranked[]> =>
  (
    await answerOf(
      client.GET('/api/v1/crew/agents/rank', { params: { query: { request } }, signal }),
    )
  ).items

export const learnAgents = () =>
  answerOf(client.POST('/api/v1/crew/agents/learn', { body: {} as never }))

export const saveAgent = (name: string, body: object) =>
  answerOf(
    client.PUT('/api/v1/crew/agents/{name}', {
      params: { path: { name } },
      body: body as never,
    }),
  )

export const removeAgent = (name: string) =>
  answerOf(client.DELETE('/api/v1/crew/agents/{name}', { params: { path: { name } } }))

export const listTemplates = async (signal?: AbortSignal): Promise<Template[]> =>
  (await answerOf(client.GET('/api/v1/crew/templates', { signal }))).items

export const saveTemplate = (template: string, body: unknown) =>
  answerOf(client.PUT('/api/v1/crew/templates/{id}', { ...id(template), body: body as never }))

export const removeTemplate = (template: string) =>
  answerOf(client.DELETE('/api/v1/crew/templates/{id}', id(template)))

export const listExecutions = (cursor?: string, signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/executions', { params: { query: { cursor } }, signal }))

export const summarizeExecutions = (signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/executions/summary', { signal }))

export const fetchTimes = (signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/executions/times', { signal }))

export const rateExecution = (execution: number, satisfaction: number) =>
  answerOf(
    client.PUT('/api/v1/crew/executions/{id}/rating', {
      ...id(String(execution)),
      body: { satisfaction },
    }),
  )

/** How sync points and gates were decided. */
export const summarizeChecks = (stage?: string, signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/gates/results', { params: { query: { stage } }, signal }))

/** What happened in a run, newest first. */
export const fetchCrewLog = (
  query: { workflow?: string; q?: string; type?: string; cursor?: string },
  signal?: AbortSignal,
) =>
  answerOf(client.GET('/api/v1/crew/log', { params: { query: { ...query, limit: 200 } }, signal }))

export type LogLine = Awaited<ReturnType<typeof fetchCrewLog>>['items'][number]

/** How fast plans were made, newest first. */
export const listBenches = async (signal?: AbortSignal) =>
  (await answerOf(client.GET('/api/v1/crew/bench', { signal }))).items

export type BenchResult = Awaited<ReturnType<typeof listBenches>>[number]

export const startBench = () => answerOf(client.POST('/api/v1/crew/bench', { body: {} as never }))

export const WORKSPACE_KINDS = ['feature', 'bugfix', 'experiment', 'hotfix', 'refactor'] as const
export const WORKSPACE_STATUSES = ['active', 'merged', 'archived'] as const

export const listWorkspaces = async (signal?: AbortSignal): Promise<Workspace[]> =>
  (await answerOf(client.GET('/api/v1/crew/workspaces', { signal }))).items

export const addWorkspace = (body: object) =>
  answerOf(client.POST('/api/v1/crew/workspaces', { body: body as never }))

export const changeWorkspace = (name: string, body: object) =>
  answerOf(
    client.PUT('/api/v1/crew/workspaces/{name}', {
      params: { path: { name } },
      body: body as never,
    }),
  )

export const removeWorkspace = (name: string) =>
  answerOf(client.DELETE('/api/v1/crew/workspaces/{name}', { params: { path: { name } } }))

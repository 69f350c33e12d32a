import { API, answerOf, client, type Wire } from './client'

/** The record of decisions. */

export type Decision = Wire['Decision']
export type DecisionItem = Wire['Summary']
export type Counted = Wire['Analytics']['byStatus'][number]
export type Network = Awaited<ReturnType<typeof fetchNetwork>>

export const STATUSES = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded'] as const
export type DecisionStatus = (typeof STATUSES)[number]

/** What a status may become by a word alone; one that is superseded needs a newer decision. */
export const NEXT: Record<DecisionStatus, DecisionStatus[]> = {
  proposed: ['accepted', 'rejected', 'superseded'],
  accepted: ['deprecated', 'superseded'],
  rejected: ['proposed'],
  deprecated: ['superseded'],
  superseded: [],
}

export interface DecisionQuery {
  q?: string
  tag?: string[]
  maker?: string
  project?: string
  status?: DecisionStatus
  from?: string
  to?: string
  cursor?: string
}

const id = (value: string) => ({ params: { path: { id: value } } })
const path = (value: string) => `${API}/crew/decisions/${encodeURIComponent(value)}`

export const searchDecisions = async (query: DecisionQuery, signal?: AbortSignal) => {
  const { items, next } = await answerOf(
    client.GET('/api/v1/crew/decisions/search', { params: { query: query as never }, signal }),
  )
  return { items, next: next ?? null }
}

export const fetchDecision = (decision: string, signal?: AbortSignal): Promise<Decision> =>
  answerOf(client.GET('/api/v1/crew/decisions/{id}', { ...id(decision), signal }))

export const fetchNetwork = (decision: string, signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/decisions/{id}/network', { ...id(decision), signal }))

export const fetchWholeNetwork = (project?: string, signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/decisions/network', { params: { query: { project } }, signal }))

export const fetchAnalytics = (signal?: AbortSignal) =>
  answerOf(client.GET('/api/v1/crew/decisions/analytics', { signal }))

export const recordDecision = (body: object) =>
  answerOf(client.POST('/api/v1/crew/decisions', { body: body as never }))

export const recordMarkdown = (text: string, project: string) =>
  answerOf(client.POST('/api/v1/crew/decisions/markdown', { body: { text, project } }))

export const importDecisions = (folder: string, project: string) =>
  answerOf(client.POST('/api/v1/crew/decisions/import', { body: { folder, project } }))

export const changeDecision = (decision: string, status: DecisionStatus, supersededBy?: string) =>
  answerOf(
    client.PUT('/api/v1/crew/decisions/{id}/status', {
      ...id(decision),
      body: { status, supersededBy },
    }),
  )

export const addImpact = (decision: string, body: object) =>
  answerOf(
    client.POST('/api/v1/crew/decisions/{id}/impacts', { ...id(decision), body: body as never }),
  )

export const markdownUrl = (decision: string) => `${path(decision)}/markdown`

export const exportUrl = (project?: string) =>
  `${API}/crew/decisions/export${project ? `?project=${encodeURIComponent(project)}` : ''}`

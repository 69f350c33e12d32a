export type HealthState = 'ok' | 'degraded' | 'failed'

/** Something found out about a part: a code with its facts, and the same in English. */
export interface HealthFinding {
  code: string
  facts: Record<string, unknown>
  text: string
}

export interface HealthPart {
  name: string
  state: HealthState
  detail: string | null
  findings: HealthFinding[]
}

export interface Health {
  status: HealthState
  parts: HealthPart[]
  version: string | null
  startedAt: string | null
}

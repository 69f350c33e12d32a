import type { HealthFinding } from './health-shapes'

export interface Statement {
  key: string
  sql: string
  count: number
  failures: number
  totalMs: number
  meanMs: number
  maxMs: number
  rows: number
  lastAt: string
  plan: string[] | null
  caller: string | null
  /** Bound values, with what may be secret left out. */
  values: string[] | null
}

export interface Follower {
  name: string
  state: string
  /** How far it has come. */
  asOf: string
  lag: number
  attempts: number
  failure: string | null
}

export interface StoreInfo {
  position: string
  file: string
  bytes: number
  walBytes: number
  health: string
  findings: HealthFinding[]
  writer: {
    queued: number
    commits: number
    /** Writes that shared a commit, on average. */
    group: number | null
    commitMs: number | null
    longestCommitMs: number | null
    failures: number
  }
  readers: { busy: number; queued: number }
}

/** A key of the configuration. */
export interface Setting {
  key: string
  value: string
  source: string
  defaultValue: string
  variable: string
  secret: boolean
  doc: string
}

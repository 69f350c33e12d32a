/** The shapes the console works with. The calls in this folder map the server's answers to them. */
import type { Wire } from './client'

export const TASK_STATES = [
  'scheduled',
  'waiting',
  'ready',
  'running',
  'retrying',
  'succeeded',
  'dead',
  'cancelled',
] as const

export type TaskState = (typeof TASK_STATES)[number]
export type StateCounts = Record<TaskState, number>

export interface Progress {
  done: number
  total: number | null
  message: string | null
}

export interface Step {
  name: string
  startedAt: string | null
  finishedAt: string | null
  durationMs: number | null
}

export interface Attempt {
  number: number
  startedAt: string | null
  finishedAt: string | null
  outcome: string | null
  error: string | null
}

export interface Task {
  id: string
  type: string
  queue: string
  priority: number | null
  state: TaskState
  attempt: number
  /** How often the process ended while the task ran. */
  crashes: number
  /** A cancellation waits for the handler to end. */
  cancelling: boolean
  progress: Progress | null
  tags: string[]
  uniqueKey: string | null
  createdAt: string
  runAt: string | null
  startedAt: string | null
  finishedAt: string | null
  durationMs: number | null
  error: string | null
  tenant: string | null
  /** What it is about. */
  key: string | null
  /** The batch that counts it. */
  batch: string | null
  /** What a waiting task waits for: `signal <name>`, `batch <id>`, `tasks`, `news`. */
  waitsFor: string | null
  /** When it is given up if it has not been started. */
  expiresAt: string | null
}

/** A task that has children, and the name of their batch. */
export interface Parent {
  id: string
  type: string | null
  /** A run of a workflow has the same id. */
  workflow: boolean
  name: string
}

export interface Children {
  id: string
  name: string
  total: number
  open: number
  dead: number
}

export interface TaskDetail extends Task {
  parent?: Parent | null
  /** The tasks whose success it waits for. */
  before?: string[]
  /** The tasks that wait for its success. */
  after?: string[]
  children?: Children[]
  /** The fingerprint of the group of errors that it is dead of. */
  errorGroup?: string | null
  input?: unknown
  result?: unknown
  /** Whether its data are encrypted in the database. */
  encrypted?: boolean
  /** Until when it stays in history, and its result if that is not as long. */
  keptUntil?: string | null
  resultKeptUntil?: string | null
  steps?: Step[]
  attempts?: Attempt[]
}

/** News of one task as a stream tells them: not the whole task. */
export interface TaskChange {
  id: string
  type: string
  queue: string
  state: TaskState
  attempt: number
  at: string
  tags: string[]
  progress: Progress | null
  error: string | null
  tenant: string | null
  key: string | null
  batch: string | null
}

export interface LogLine {
  at: string
  level: string
  text: string
}

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface TaskList extends Page<Task> {
  /** How far back the server has looked for what no index leads to. */
  lookedBackTo: string | null
}

export type Queue = Omit<Wire['QueueItem'], 'limits' | 'counts'> & { counts: StateCounts }

/** Events a second. */
export interface Rates {
  submitted: number
  succeeded: number
  failed: number
}

/** What the server says each second. */
export interface Overview {
  at: string
  position: string
  rates: Rates
  running: number
  /** Of all queues together. */
  counts: StateCounts
  /** Sync points that wait for a person or for metrics. */
  approvals: number
  process: ProcessFigures
}

export interface ProcessFigures {
  heapBytes: number
  heapMaxBytes: number
  /** The share of all processors, 0 to 1. */
  cpu: number
  storeBytes: number
  walBytes: number
}

/** A value of a filter, and how many tasks it would show. */
export interface FacetCount {
  value: string
  count: number
  /** There may be more. */
  capped: boolean
}

export interface TaskFacets {
  states: FacetCount[]
  queues: FacetCount[]
  types: FacetCount[]
  tags: FacetCount[]
}

export type BulkVerb = 'cancel' | 'retry' | 'redrive' | 'discard' | 'delete'

export const DRAFT_STATES = ['waiting', 'building', 'ready', 'failed', 'cancelled'] as const
export type DraftState = (typeof DRAFT_STATES)[number]

export interface DraftSummary {
  name: string
  title: string | null
  taskId: string | null
  state: DraftState
  createdAt: string | null
  durationMs: number | null
  files: number | null
  bytes: number | null
}

export interface Draft extends DraftSummary {
  problems: FieldProblem[]
  /** What a person should know although the draft was made. */
  notes: FieldProblem[]
  progress: DraftProgress | null
}

export interface DraftProgress {
  stage: string
  /** Of the whole, in thousandths. */
  progress: number
  files: number
  done: number
  failed: number
  bytes: number
  knownBytes: number
  bytesPerSecond: number
  running: { url: string; phase: string; bytes: number; totalBytes: number }[]
}

export interface DraftFile {
  key: string
  name: string
  url: string | null
  state: 'waiting' | 'active' | 'complete' | 'failed'
  bytes: number | null
  total: number | null
  kind: string | null
  error: string | null
}

export interface Finding {
  code: string
  /** What the rule demands. */
  demands: string | null
  file: string
  pointer: string
  detail: string
  severity: 'error' | 'warning'
}

export interface FieldProblem {
  pointer: string
  detail: string
  code: string | null
}

import type { CrewProcess, CrewSync, CrewTask } from '@/api/crew'

export interface Reading {
  metric: string
  rule: string
  /** What was measured or handed in; undefined while nobody said. */
  value: unknown
  /** null while it is not known. */
  holds: boolean | null
}

/** Each rule of a sync point and its gate, with the number that it looks at. */
export function readingsOf(tasks: CrewTask[], sync: CrewSync): Reading[] {
  const values: Record<string, unknown> = {}
  for (const task of tasks) {
    const result = task.result as { metrics?: Record<string, unknown> } | null | undefined
    Object.assign(values, result?.metrics)
  }
  Object.assign(values, sync.metrics)
  return Object.entries({ ...sync.criteria, ...sync.gate }).map(([metric, rule]) => ({
    metric,
    rule,
    value: values[metric],
    holds: holdsOf(sync, metric, values[metric]),
  }))
}

/** The same of what is looked at while a stage is at work. */
export const readingsOfProcess = ({ rules, metrics, failed }: CrewProcess): Reading[] =>
  Object.entries(rules).map(([metric, rule]) => ({
    metric,
    rule,
    value: metrics[metric],
    holds:
      metrics[metric] === undefined
        ? null
        : !failed.some(reason => reason.startsWith(`${metric}:`)),
  }))

function holdsOf(sync: CrewSync, metric: string, value: unknown): boolean | null {
  if (sync.failed.some(reason => reason.startsWith(`${metric}:`))) return false
  if (sync.status === 'passed') return true
  return value === undefined ? null : sync.status === 'failed' ? true : null
}

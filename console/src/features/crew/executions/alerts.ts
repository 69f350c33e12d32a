import type { BenchResult } from '@/api/crew'

export interface Alert {
  kind: 'notInTime' | 'slower'
  /** Plans a second that were usual before. */
  usual: number
}

/** The longest P95, in milliseconds, and the least share of the usual rate that are no alert. */
const LONGEST = 100
const LEAST = 0.8
/** Fewer are no baseline. */
const FEW = 3

/** What is wrong with the newest of these, by itself and beside those before of the same kind. */
export function alertsOf([newest, ...before]: BenchResult[]): Alert[] {
  if (!newest) return []
  const alerts: Alert[] = newest.p95 > LONGEST ? [{ kind: 'notInTime', usual: 0 }] : []
  const rates = before
    .filter(each => each.users === newest.users && each.template === newest.template)
    .map(each => each.rate)
    .sort((a, b) => a - b)
  const usual = rates[Math.floor(rates.length / 2)] ?? 0
  if (rates.length >= FEW && newest.rate < LEAST * usual) alerts.push({ kind: 'slower', usual })
  return alerts
}

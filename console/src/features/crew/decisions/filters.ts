import { type DecisionQuery, type DecisionStatus, STATUSES } from '@/api/crew-decisions'
import type { PlainSearch } from '@/lib/plain-search'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What an address asks for. Days are those of the reader's clock; the last one belongs to it. */
export function queryOf(search: PlainSearch): DecisionQuery {
  const { q, tag, maker, project, status, from, to } = search
  return {
    q: q || undefined,
    tag: tag ? tag.split(',').filter(Boolean) : undefined,
    maker: maker || undefined,
    project: project || undefined,
    status: STATUSES.find(each => each === status) as DecisionStatus | undefined,
    from: instantOf(from, 0),
    to: instantOf(to, 1),
  }
}

function instantOf(day: string | undefined, later: number): string | undefined {
  if (!day || !DAY.test(day)) return undefined
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const at = new Date(year, month - 1, date + later)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

export const isNarrowed = (query: DecisionQuery): boolean =>
  Object.values(query).some(value => value !== undefined)

import type { Rate } from '@/api/crew'
import type { LinePoint } from '@/components/ui/chart/LineChart'

const DAY = 86_400_000
/** More days than these are no chart to read. */
const MOST = 90

/** One point for each day from the first to the last, also where nothing was checked. */
export function pointsOf(days: Rate[]): LinePoint[] {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return []
  const known = new Map(days.map(day => [day.name, day]))
  const end = Date.parse(last.name)
  const begin = Math.max(Date.parse(first.name), end - (MOST - 1) * DAY)
  const points: LinePoint[] = []
  for (let at = begin; at <= end; at += DAY) {
    const name = new Date(at).toISOString().slice(0, 10)
    const day = known.get(name)
    points.push({
      label: name.slice(5),
      values: { rate: day ? day.passed / day.checks : undefined },
      weight: day?.checks ?? 0,
    })
  }
  return points
}

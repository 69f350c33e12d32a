export type SeriesKey = 'submitted' | 'succeeded' | 'failed'

export interface Series {
  key: SeriesKey
  label: string
  colour: string
}

export type Point = { at: number } & Record<SeriesKey, number>

const STEPS = [1, 2, 2.5, 5, 10]

/** The smallest round number that the values fit under: the top of an axis. */
export function niceTop(max: number): number {
  if (max <= 1) return 1
  const size = 10 ** Math.floor(Math.log10(max))
  const step = STEPS.find(each => each * size >= max) ?? 10
  return step * size
}

const MARK_STEPS = [15_000, 30_000, 60_000, 120_000, 300_000]

/** Round moments within the span, as marks of the time axis: about five of them. */
export function timeMarks(from: number, to: number): number[] {
  const step = MARK_STEPS.find(each => (to - from) / each <= 6) ?? 600_000
  const marks: number[] = []
  for (let at = Math.ceil(from / step) * step; at < to; at += step) marks.push(at)
  return marks
}

/** The index of the point nearest to a time; points are in order. */
export function nearest(points: readonly Point[], at: number): number {
  let low = 0
  let high = points.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.at ?? 0) < at) low = middle + 1
    else high = middle
  }
  const before = points[low - 1]
  const here = points[low]
  return before && here && at - before.at < here.at - at ? low - 1 : low
}

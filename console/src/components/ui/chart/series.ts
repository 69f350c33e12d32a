export type SeriesKey = 'submitted' | 'succeeded' | 'failed' | 'running' | 'ready'

export interface Series {
  key: SeriesKey
  label: string
  colour: string
}

export type Point = { at: number } & Record<SeriesKey, number>

const STEPS = [1, 2, 2.5, 5, 10]
/** Their halves are whole, from 2 on. */
const WHOLE_STEPS = [2, 4, 6, 8, 10]

/**
 * The smallest round number that the values fit under: the top of an axis. There are no halves of a
 * task: where whole things are counted, the middle of the axis is whole as well.
 */
export function niceTop(max: number, whole = false): number {
  if (max <= 1) return whole ? 2 : 1
  const size = 10 ** Math.floor(Math.log10(max))
  const steps = whole && size === 1 ? WHOLE_STEPS : STEPS
  const step = steps.find(each => each * size >= max && (!whole || (each * size) % 2 === 0)) ?? 10
  return step * size
}

const MARK_STEPS = [1_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000]

/** Round moments within the span, as marks of the time axis: at most so many of them. */
export function timeMarks(from: number, to: number, most = 6): number[] {
  const step = MARK_STEPS.find(each => (to - from) / each <= most) ?? 600_000
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

/** Seconds are missing where no word came for this long: no line is drawn over what is not known. */
const GAP_MS = 5_000

/** The points in pieces without gaps. */
export function piecesOf<P extends { at: number }>(points: readonly P[]): P[][] {
  const pieces: P[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (const point of points) {
    if (point.at - last > GAP_MS) pieces.push([])
    pieces.at(-1)?.push(point)
    last = point.at
  }
  return pieces
}

/** A part of the time, as somebody chose it. */
export interface Span {
  from: number
  to: number
}

/** Shorter spans hold no line. */
export const SHORTEST_SPAN_MS = 3_000

/** The span between two moments in either order; null if there is nothing to see in it. */
export function spanOf(a: number, b: number): Span | null {
  const span = { from: Math.min(a, b), to: Math.max(a, b) }
  return span.to - span.from < SHORTEST_SPAN_MS ? null : span
}

/** Something that happened at a moment, drawn as a line through the charts. */
export interface Mark {
  at: number
  label: string
}

/** A moment of the local day to the second. */
export function clock(at: number): string {
  const time = new Date(at)
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map(part => String(part).padStart(2, '0'))
    .join(':')
}

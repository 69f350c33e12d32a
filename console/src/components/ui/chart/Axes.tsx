import { clock, type Span, timeMarks } from './series'

export const HEIGHT = 160
export const LEFT = 52
export const RIGHT = 8
export const BOTTOM = 20
export const TOP = 8

/** Room that a time takes below the axis, with some air. */
const LABEL = 76

interface Props {
  span: Span
  top: number
  width: number
  x: (at: number) => number
  y: (value: number) => number
  format: (value: number) => string
}

export function Axes({ span, top, width, x, y, format }: Props) {
  const length = span.to - span.from
  const most = Math.max(2, Math.floor((width - LEFT) / LABEL))
  return (
    <>
      {[0, 0.5, 1].map(part => (
        <g key={part}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(top * part)} y2={y(top * part)} />
          <text x={LEFT - 8} y={y(top * part) + 4} textAnchor="end">
            {format(top * part)}
          </text>
        </g>
      ))}
      {timeMarks(span.from, span.to - length / 40, Math.min(8, most)).map(at => (
        <text key={at} x={x(at)} y={HEIGHT - 4} textAnchor="middle">
          {length < 300_000 ? clock(at) : clock(at).slice(0, 5)}
        </text>
      ))}
    </>
  )
}

import { type PointerEvent, useState } from 'react'
import { useWidth } from '@/lib/use-width'
import { BOTTOM, HEIGHT, LEFT, RIGHT, TOP } from './Axes'
import styles from './TimeChart.module.css'

export interface Line {
  key: string
  label: string
  colour: string
}

export interface LinePoint {
  /** Under the axis, and for reading: a day, a time. */
  label: string
  /** By line; what is not known leaves a gap. */
  values: Record<string, number | undefined>
  /** How much stands behind it: a bar in the background. */
  weight?: number
}

interface Props {
  /** The question that it answers. */
  title: string
  points: readonly LinePoint[]
  lines: readonly Line[]
  /** The top of the axis. */
  top: number
  format: (value: number | undefined) => string
  /** What the weight of a point is, in words. */
  weightText?: (weight: number) => string
}

/** Room that a label takes below the axis. */
const LABEL = 88

/** Lines over a row of points, such as days, with the values of the one under the pointer. */
export function LineChart({ title, points, lines, top, format, weightText }: Props) {
  const [box, width] = useWidth()
  const [under, setUnder] = useState<number | null>(null)
  const plot = { width: Math.max(1, width - LEFT - RIGHT), height: HEIGHT - BOTTOM - TOP }
  const step = plot.width / Math.max(1, points.length)
  const x = (index: number) => LEFT + (index + 0.5) * step
  const y = (value: number) => TOP + (1 - Math.min(1, value / top)) * plot.height
  const heaviest = Math.max(1, ...points.map(point => point.weight ?? 0))
  const every = Math.max(1, Math.ceil((points.length * LABEL) / plot.width))
  const read = points[under ?? points.length - 1]
  const look = (event: PointerEvent<SVGSVGElement>) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left
    const index = Math.floor((left - LEFT) / step)
    setUnder(index >= 0 && index < points.length ? index : null)
  }
  return (
    <figure ref={box} className={styles.chart} aria-label={title}>
      <div className={styles.legend}>
        {lines.map(line => (
          <span key={line.key} className={styles.item}>
            <i style={{ background: line.colour }} />
            {line.label}
            <b>{format(read?.values[line.key])}</b>
          </span>
        ))}
        <span className={styles.at}>
          {read?.label}
          {read?.weight !== undefined && weightText && ` · ${weightText(read.weight)}`}
        </span>
      </div>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          className={styles.plot}
          aria-hidden="true"
          onPointerMove={look}
          onPointerLeave={() => setUnder(null)}
        >
          {[0, 0.5, 1].map(part => (
            <g key={part}>
              <line x1={LEFT} x2={width - RIGHT} y1={y(top * part)} y2={y(top * part)} />
              <text x={LEFT - 8} y={y(top * part) + 4} textAnchor="end">
                {format(top * part)}
              </text>
            </g>
          ))}
          {points.map((point, index) => (
            <g key={point.label}>
              {point.weight !== undefined && point.weight > 0 && (
                <rect
                  className={styles.weight}
                  x={x(index) - Math.min(10, step * 0.35)}
                  y={y(0) - (point.weight / heaviest) * plot.height * 0.5}
                  width={Math.min(20, step * 0.7)}
                  height={(point.weight / heaviest) * plot.height * 0.5}
                />
              )}
              {index % every === 0 && (
                <text x={x(index)} y={HEIGHT - 4} textAnchor="middle">
                  {point.label}
                </text>
              )}
            </g>
          ))}
          {lines.map(line => (
            <g key={line.key}>
              <polyline
                fill="none"
                stroke={line.colour}
                strokeWidth="1.6"
                strokeLinejoin="round"
                points={placesOf(points, line.key, x, y).join(' ')}
              />
              {points.map((point, index) => {
                const value = point.values[line.key]
                return value === undefined ? null : (
                  <circle
                    key={point.label}
                    cx={x(index)}
                    cy={y(value)}
                    r={index === under ? 3.5 : 2.2}
                    fill={line.colour}
                  />
                )
              })}
            </g>
          ))}
        </svg>
      )}
      {/* A table takes the room that it needs; what is around it does not. */}
      <div className="sr-only">
        <table>
          <caption>{title}</caption>
          <tbody>
            {points.map(point => (
              <tr key={point.label}>
                <th scope="row">{point.label}</th>
                {lines.map(line => (
                  <td key={line.key}>{`${line.label} ${format(point.values[line.key])}`}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}

/** The places of what is known; a line leads over what is not. */
const placesOf = (
  points: readonly LinePoint[],
  key: string,
  x: (index: number) => number,
  y: (value: number) => number,
) =>
  points.flatMap((point, index) => {
    const value = point.values[key]
    return value === undefined ? [] : [`${x(index).toFixed(1)},${y(value).toFixed(1)}`]
  })

import { type PointerEvent, useState } from 'react'
import { rate } from '@/lib/format'
import { useWidth } from '@/lib/use-width'
import styles from './RateChart.module.css'
import { nearest, niceTop, type Point, type Series, timeMarks } from './series'

const HEIGHT = 148
const LEFT = 52
const BOTTOM = 20
const TOP = 8

interface Props {
  points: readonly Point[]
  series: readonly Series[]
  spanMs: number
  /** Said while there are too few points for a line. */
  waiting: string
}

/** Rates over the last minutes, with the values of all series under the pointer. */
export function RateChart({ points, series, spanMs, waiting }: Props) {
  const [box, width] = useWidth()
  const [hover, setHover] = useState<number | null>(null)
  const to = points.at(-1)?.at ?? Date.now()
  const from = to - spanMs
  const shown = points.filter(point => point.at >= from)
  const top = niceTop(Math.max(0, ...shown.flatMap(point => series.map(each => point[each.key]))))
  const plot = { width: Math.max(0, width - LEFT - 8), height: HEIGHT - BOTTOM - TOP }
  const x = (at: number) => LEFT + ((at - from) / spanMs) * plot.width
  const y = (value: number) => TOP + (1 - value / top) * plot.height
  const under = hover === null ? shown.at(-1) : shown[hover]

  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const left = event.currentTarget.getBoundingClientRect().left
    const at = from + ((event.clientX - left - LEFT) / Math.max(1, plot.width)) * spanMs
    setHover(shown.length ? nearest(shown, at) : null)
  }

  return (
    <div ref={box} className={styles.chart}>
      <div className={styles.legend}>
        {series.map(each => (
          <span key={each.key} className={styles.item}>
            <i style={{ background: each.colour }} />
            {each.label}
            <b>{rate(under?.[each.key])}</b>
          </span>
        ))}
        {hover !== null && under && <span className={styles.at}>{clock(under.at)}</span>}
      </div>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          className={styles.plot}
          onPointerMove={onMove}
          onPointerLeave={() => setHover(null)}
          aria-hidden="true"
        >
          {[0, 0.5, 1].map(part => (
            <g key={part}>
              <line x1={LEFT} x2={width - 8} y1={y(top * part)} y2={y(top * part)} />
              <text x={LEFT - 8} y={y(top * part) + 4} textAnchor="end">
                {rate(top * part)}
              </text>
            </g>
          ))}
          {timeMarks(from, to - spanMs / 40).map(at => (
            <text key={at} x={x(at)} y={HEIGHT - 4} textAnchor="middle">
              {spanMs < 300_000 ? clock(at) : clock(at).slice(0, 5)}
            </text>
          ))}
          {series.map(each => (
            <polyline
              key={each.key}
              fill="none"
              stroke={each.colour}
              strokeWidth="1.6"
              strokeLinejoin="round"
              points={shown
                .map(p => `${x(p.at).toFixed(1)},${y(p[each.key]).toFixed(1)}`)
                .join(' ')}
            />
          ))}
          {hover !== null && under && (
            <line
              className={styles.cursor}
              x1={x(under.at)}
              x2={x(under.at)}
              y1={TOP}
              y2={HEIGHT - BOTTOM}
            />
          )}
          {shown.length < 3 && (
            <text x={LEFT + plot.width / 2} y={TOP + plot.height / 2 - 8} textAnchor="middle">
              {waiting}
            </text>
          )}
        </svg>
      )}
    </div>
  )
}

const clock = (at: number) => {
  const time = new Date(at)
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map(part => String(part).padStart(2, '0'))
    .join(':')
}

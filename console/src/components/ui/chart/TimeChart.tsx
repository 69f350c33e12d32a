import { useId } from 'react'
import { useWords } from '@/i18n'
import { useWidth } from '@/lib/use-width'
import { Axes, BOTTOM, HEIGHT, LEFT, RIGHT, TOP } from './Axes'
import { clock, type Mark, niceTop, type Point, piecesOf, type Series, type Span } from './series'
import styles from './TimeChart.module.css'
import { useBrush } from './useBrush'

interface Props {
  /** The question that it answers. */
  title: string
  points: readonly Point[]
  series: readonly Series[]
  /** What is shown of the time. */
  span: Span
  format: (value: number | undefined) => string
  /** The values are whole things. */
  whole?: boolean
  marks: readonly Mark[]
  /** Said while there are too few points for a line. */
  waiting: string
  /** Where the pointer is, on all charts of the page. */
  cursor: number | null
  onCursor: (at: number | null) => void
  /** A part of the time was chosen; null for all of it. */
  onZoom: (span: Span | null) => void
}

/** Lines over time, with the values of all series under the cursor, and a brush to look closer. */
export function TimeChart(props: Props) {
  const { title, points, series, span, format, whole, marks, waiting, cursor, onCursor, onZoom } =
    props
  const { t } = useWords()
  const help = useId()
  const [box, width] = useWidth()
  const { from, to } = span
  const shown = points.filter(point => point.at >= from && point.at <= to)
  const top = niceTop(
    Math.max(0, ...shown.flatMap(point => series.map(each => point[each.key]))),
    whole,
  )
  const plot = { width: Math.max(1, width - LEFT - RIGHT), height: HEIGHT - BOTTOM - TOP }
  const x = (at: number) => LEFT + ((at - from) / (to - from)) * plot.width
  const y = (value: number) => TOP + (1 - value / top) * plot.height
  const timeAt = (left: number) => from + ((left - LEFT) / plot.width) * (to - from)
  const { brushed, under, pointer, onKeyDown } = useBrush({
    shown,
    span,
    cursor,
    timeAt,
    onCursor,
    onZoom,
  })
  const read = under ?? shown.at(-1)

  return (
    <div ref={box} className={styles.chart}>
      <div className={styles.legend}>
        {series.map(each => (
          <span key={each.key} className={styles.item}>
            <i style={{ background: each.colour }} />
            {each.label}
            <b>{format(read?.[each.key])}</b>
          </span>
        ))}
        {under && <span className={styles.at}>{clock(under.at)}</span>}
      </div>
      <div
        className={styles.frame}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the values
        tabIndex={0}
        aria-label={title}
        aria-describedby={help}
        onKeyDown={onKeyDown}
      >
        <span id={help} className="sr-only">
          {t('overview.chartHelp')}
        </span>
        <span className="sr-only" aria-live="polite">
          {under &&
            `${clock(under.at)} ${series.map(each => `${each.label} ${format(under[each.key])}`).join(', ')}`}
        </span>
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            className={styles.plot}
            data-testid="chart"
            aria-hidden="true"
            {...pointer}
          >
            <Axes span={span} top={top} width={width} x={x} y={y} format={format} />
            {brushed && (
              <rect
                className={styles.brush}
                x={x(brushed.from)}
                y={TOP}
                width={Math.max(0, x(brushed.to) - x(brushed.from))}
                height={plot.height}
              />
            )}
            {marks
              .filter(mark => mark.at >= from && mark.at <= to)
              .map(mark => (
                <g key={`${mark.at} ${mark.label}`} className={styles.mark}>
                  <title>{mark.label}</title>
                  <line x1={x(mark.at)} x2={x(mark.at)} y1={TOP} y2={HEIGHT - BOTTOM} />
                  <text
                    x={x(mark.at) + (x(mark.at) > width / 2 ? -5 : 5)}
                    y={TOP + 9}
                    textAnchor={x(mark.at) > width / 2 ? 'end' : 'start'}
                  >
                    {mark.label}
                  </text>
                </g>
              ))}
            {series.flatMap(each =>
              piecesOf(shown).map(piece => (
                <polyline
                  key={`${each.key} ${piece[0]?.at}`}
                  fill="none"
                  stroke={each.colour}
                  strokeWidth="1.6"
                  strokeLinejoin="round"
                  points={piece
                    .map(p => `${x(p.at).toFixed(1)},${y(p[each.key]).toFixed(1)}`)
                    .join(' ')}
                />
              )),
            )}
            {under && (
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
    </div>
  )
}

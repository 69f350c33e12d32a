import { clock, type Point, type Series } from './series'
import styles from './TimeChart.module.css'

/** Rows beyond these would only be scrolled past. */
const SHOWN = 300

interface Props {
  title: string
  /** Of the first column. */
  time: string
  points: readonly Point[]
  series: readonly Series[]
  format: (value: number) => string
}

/** The numbers of a chart, the newest first. */
export function TimeTable({ title, time, points, series, format }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must by keyboard
    <section className={styles.table} aria-label={title} tabIndex={0}>
      <table>
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{time}</th>
            {series.map(each => (
              <th key={each.key} scope="col">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points
            .slice(-SHOWN)
            .reverse()
            .map(point => (
              <tr key={point.at}>
                <th scope="row">{clock(point.at)}</th>
                {series.map(each => (
                  <td key={each.key}>{format(point[each.key])}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

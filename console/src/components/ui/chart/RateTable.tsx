import { useWords } from '@/i18n'
import { exactTime, rate } from '@/lib/format'
import styles from './RateChart.module.css'
import type { Point, Series } from './series'

const SHOWN = 120

/** The numbers of the chart, the newest first. */
export function RateTable({
  points,
  series,
}: {
  points: readonly Point[]
  series: readonly Series[]
}) {
  const { t } = useWords()
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            <th>{t('overview.time')}</th>
            {series.map(each => (
              <th key={each.key}>{each.label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points
            .slice(-SHOWN)
            .reverse()
            .map(point => (
              <tr key={point.at}>
                <td>{exactTime(new Date(point.at).toISOString()).slice(11, 19)}</td>
                {series.map(each => (
                  <td key={each.key}>{rate(point[each.key])}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  )
}

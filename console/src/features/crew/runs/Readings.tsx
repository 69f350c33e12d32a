import styles from '../Crew.module.css'
import type { Reading } from './gate'

/** Rules beside the numbers that they look at. */
export function Readings({ readings }: { readings: Reading[] }) {
  if (readings.length === 0) return null
  return (
    <ul className={styles.readings}>
      {readings.map(({ metric, rule, value, holds }) => (
        <li key={metric} data-holds={holds ?? undefined}>
          <span>{metric}</span>
          <b>{value === undefined ? '–' : String(value)}</b>
          <code className="mono">{rule}</code>
        </li>
      ))}
    </ul>
  )
}

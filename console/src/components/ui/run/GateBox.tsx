import type { ReactNode } from 'react'
import { useWords } from '@/i18n'
import { Time } from '../Time'
import styles from './Run.module.css'

interface Props {
  /** Whether somebody is waited for. */
  asking: boolean
  head: ReactNode
  until?: string | null
  /** What comes after the time. */
  then?: string
  /** What does not hold. */
  failed: string[]
  by?: string | null
  comment?: string | null
  /** What was measured. */
  readings: ReactNode
  actions: ReactNode
}

/** Where a stage stops and is checked. */
export function GateBox(props: Props) {
  const { asking, head, until, then, failed, by, comment, readings, actions } = props
  const { t } = useWords()
  return (
    <div className={styles.gate} data-asking={asking || undefined}>
      <div className={styles.gateHead}>
        {head}
        {asking && until && (
          <span className={styles.quiet}>
            {t('sync.waitsUntil')} <Time at={until} />
            {then && ` · ${then}`}
          </span>
        )}
      </div>
      {readings}
      {failed.length > 0 && (
        <ul className={styles.failed}>
          {failed.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {by && (
        <p>
          {by}
          {comment && `: ${comment}`}
        </p>
      )}
      {actions}
    </div>
  )
}

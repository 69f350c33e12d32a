import type { Progress } from '@/api/types'
import { count, percent } from '@/lib/format'
import styles from './ProgressBar.module.css'

interface Props {
  progress: Progress
  /** One line for table cells. */
  inline?: boolean
  /** Shows the share instead of the amounts. */
  share?: boolean
}

export function ProgressBar({ progress, inline, share: asShare }: Props) {
  const { done, total, message } = progress
  const share = total ? Math.min(1, done / total) : null
  const text =
    share === null
      ? count(done)
      : inline || asShare
        ? percent(share)
        : `${count(done)} / ${count(total)}`
  return (
    <div className={styles.progress} data-inline={inline || undefined} title={message ?? undefined}>
      <div
        className={styles.track}
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        aria-label={message ?? text}
      >
        {share === null ? (
          <div className={styles.unknown} />
        ) : (
          <div className={styles.fill} style={{ transform: `scaleX(${share})` }} />
        )}
      </div>
      <div className={styles.words}>
        {!inline && message && <span className={styles.message}>{message}</span>}
        <span className={styles.number}>{text}</span>
      </div>
    </div>
  )
}

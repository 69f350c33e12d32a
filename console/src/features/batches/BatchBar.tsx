import type { Batch } from '@/api/batches'
import { count } from '@/lib/format'
import styles from './Batches.module.css'

const PARTS = ['succeeded', 'dead', 'cancelled'] as const

/** How much of a batch is over, and how it ended. */
export function BatchBar({ batch }: { batch: Batch }) {
  const over = batch.total - batch.open
  return (
    <span className={styles.progress}>
      <span className={styles.bar}>
        {PARTS.map(part => (
          <i
            key={part}
            data-tone={part}
            style={{ width: `${batch.total ? (batch[part] / batch.total) * 100 : 0}%` }}
          />
        ))}
      </span>
      <span>
        {count(over)} / {count(batch.total)}
      </span>
    </span>
  )
}

import styles from './Skeleton.module.css'

interface Props {
  width?: number | string
  height?: number
}

/** A quiet bar in the place of a word that is still on its way. */
export function Skeleton({ width = '100%', height = 10 }: Props) {
  return <span className={styles.bar} style={{ width, height }} aria-hidden="true" />
}

const WIDTHS = ['72%', '54%', '83%', '61%', '47%', '76%']

export function SkeletonRows({ rows = 8, height = 36 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ height }}>
          <Skeleton width={WIDTHS[row % WIDTHS.length]} />
        </div>
      ))}
    </div>
  )
}

import styles from './Sparkline.module.css'

interface Props {
  values: number[]
  width?: number
  height?: number
  colour?: string
  /** How many points fill the width; fewer start at the right edge. */
  span?: number
}

export function Sparkline({
  values,
  width = 72,
  height = 20,
  colour = 'var(--text-3)',
  span,
}: Props) {
  const shown = values.slice(-(span ?? values.length))
  const slots = Math.max(2, span ?? shown.length)
  const top = Math.max(...shown, 1e-9)
  const step = width / (slots - 1)
  const from = width - (shown.length - 1) * step
  const points = shown.map(
    (value, index) =>
      `${(from + index * step).toFixed(1)},${(height - 1.5 - (value / top) * (height - 3)).toFixed(1)}`,
  )
  return (
    <svg className={styles.spark} width={width} height={height} aria-hidden="true">
      {points.length > 1 && (
        <polyline points={points.join(' ')} fill="none" stroke={colour} strokeWidth="1.4" />
      )}
    </svg>
  )
}

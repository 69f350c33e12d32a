import type { ReactNode } from 'react'
import styles from './Figure.module.css'

interface Props {
  label: string
  children: ReactNode
  title?: string
  /** Colours the number when it says something. */
  tone?: 'dead' | 'retrying' | 'running' | 'succeeded'
}

/** One number of the line of figures under a title. */
export function Figure({ label, children, title, tone }: Props) {
  return (
    <span className={styles.figure} title={title}>
      {label}
      <span className={styles.value} data-tone={tone}>
        {children}
      </span>
    </span>
  )
}

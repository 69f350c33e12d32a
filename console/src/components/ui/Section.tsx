import type { ReactNode } from 'react'
import styles from './Section.module.css'

interface Props {
  title: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A heading and what belongs to it, set apart by space and not by a box. */
export function Section({ title, actions, children }: Props) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  )
}

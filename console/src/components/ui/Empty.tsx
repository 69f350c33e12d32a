import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './Empty.module.css'

interface Props {
  icon: TablerIcon
  title: string
  detail?: ReactNode
  children?: ReactNode
}

/** What would be here, and the one thing to do that makes it so. */
export function Empty({ icon: Icon, title, detail, children }: Props) {
  return (
    <div className={styles.empty}>
      <Icon size={28} stroke={1.3} className={styles.icon} aria-hidden />
      <p className={styles.title}>{title}</p>
      {detail && <div className={styles.detail}>{detail}</div>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  )
}

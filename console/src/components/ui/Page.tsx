import { type ReactNode, useEffect } from 'react'
import styles from './Page.module.css'

interface Props {
  title: ReactNode
  /** For the browser's tab, when the title is not plain text. */
  name?: string
  actions?: ReactNode
  figures?: ReactNode
  /** The work area fills the window and scrolls by itself, instead of the whole page. */
  fill?: boolean
  children?: ReactNode
}

/** One title line with its actions, one line of figures, then the work area. */
export function Page({ title, name, actions, figures, fill, children }: Props) {
  const tab = name ?? (typeof title === 'string' ? title : null)
  useEffect(() => {
    document.title = tab ? `${tab} · Millrace` : 'Millrace'
  }, [tab])
  return (
    <div className={styles.page} data-fill={fill || undefined}>
      <div className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {figures && <div className={styles.figures}>{figures}</div>}
      {children}
    </div>
  )
}

import type { ReactNode } from 'react'
import styles from './SystemPage.module.css'

export type FactRow = [name: string, value: ReactNode, kind?: 'mono']

export function FactList({ facts }: { facts: FactRow[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value, kind]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={kind}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

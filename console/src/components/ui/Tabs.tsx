import { useEffect, useRef } from 'react'
import styles from './Tabs.module.css'

interface Props {
  tabs: { key: string; label: string; count?: string }[]
  current: string
  onChange: (key: string) => void
}

export function Tabs({ tabs, current, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null)
  // On a phone there may be more tabs than fit: the open one is among those that are seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is the reason
  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <div ref={list} className={styles.tabs} role="tablist">
      {tabs.map(tab => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={tab.key === current}
          onClick={() => onChange(tab.key)}
        >
          {tab.label}
          {tab.count && <span className={styles.count}>{tab.count}</span>}
        </button>
      ))}
    </div>
  )
}

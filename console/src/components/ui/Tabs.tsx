import styles from './Tabs.module.css'

interface Props {
  tabs: { key: string; label: string; count?: string }[]
  current: string
  onChange: (key: string) => void
}

export function Tabs({ tabs, current, onChange }: Props) {
  return (
    <div className={styles.tabs} role="tablist">
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

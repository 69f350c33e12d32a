import type { HealthPart } from '@/api/health-shapes'
import { useWords } from '@/i18n'
import { partText } from '@/lib/finding-words'
import styles from './OverviewPage.module.css'

const ORDER = { failed: 0, degraded: 1, ok: 2 }

/** Trouble first. */
export function HealthParts({ parts }: { parts: HealthPart[] }) {
  const { t, language } = useWords()
  const sorted = [...parts].sort((a, b) => ORDER[a.state] - ORDER[b.state])
  return (
    <ul>
      {sorted.map(part => (
        <li key={part.name} className={`${styles.line} ${styles.part}`}>
          <span className={styles.dot} data-state={part.state}>
            {t(`health.${part.state}`)}
          </span>
          <span className={styles.name}>{part.name}</span>
          <span className={styles.muted} title={part.detail ?? undefined}>
            {partText(part, language)}
          </span>
        </li>
      ))}
    </ul>
  )
}

import { useWords } from '@/i18n'
import styles from './SystemPage.module.css'

const STATES = ['ok', 'degraded', 'failed'] as const

/** How a part is, by shape, colour and word. */
export function HealthMark({ health, detail }: { health: string; detail?: string | null }) {
  const { t } = useWords()
  const known = STATES.find(state => state === health)
  return (
    <span>
      <span className={styles.mark} data-state={health}>
        {known ? t(`health.${known}`) : health}
      </span>
      {detail && <span className={styles.muted}> · {detail}</span>}
    </span>
  )
}

import { IconAlertTriangle } from '@tabler/icons-react'
import type { Plan } from '@/api/crew'
import { useWords } from '@/i18n'
import { percent } from '@/lib/format'
import styles from './Crew.module.css'

export type Checks = NonNullable<Plan['stages'][number]['checks']>

/** How the check of a stage went before, and a warning where it mostly failed. */
export function Outlook({ checks }: { checks: Checks }) {
  const { t } = useWords()
  const before = t('crew.checksBefore', {
    share: Math.round(checks.passRate * 100),
    count: checks.checks,
  })
  if (!checks.atRisk) return <p className={styles.quiet}>{before}</p>
  return (
    <p className={styles.risk}>
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <span>
        <b>{t('crew.atRiskText', { chance: percent(checks.chance ?? 0) })}</b> {before}{' '}
        {checks.weakest && t('crew.weakest', { metric: checks.weakest })}
      </span>
    </p>
  )
}

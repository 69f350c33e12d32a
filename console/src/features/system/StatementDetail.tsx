import type { Statement } from '@/api/system-types'
import { useWords } from '@/i18n'
import styles from './SystemPage.module.css'

export function StatementDetail({ statement }: { statement: Statement }) {
  const { t } = useWords()
  return (
    <div className={styles.statement}>
      <pre>{statement.sql}</pre>
      <div>
        <p className={styles.label}>{t('system.plan')}</p>
        {statement.plan ? (
          <pre>{statement.plan.join('\n')}</pre>
        ) : (
          <p className={styles.muted}>{t('system.noPlan')}</p>
        )}
      </div>
      {statement.values && (
        <div>
          <p className={styles.label}>{t('system.values')}</p>
          <span className="mono">{statement.values.join(', ')}</span>
        </div>
      )}
      {statement.caller && (
        <div>
          <p className={styles.label}>{t('system.caller')}</p>
          <span className="mono">{statement.caller}</span>
        </div>
      )}
    </div>
  )
}

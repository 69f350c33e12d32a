import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import { isProblem } from '@/api/problem'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import styles from '../NewDraftPage.module.css'
import { lineIn } from './line-in'
import type { Parsed } from './useRecipe'

interface Props {
  text: string
  parsed: Parsed
  error: unknown
  onShow: (pointer: string) => void
}

/** What is wrong with the recipe; a click leads to the place. */
export function RecipeProblems({ text, parsed, error, onShow }: Props) {
  const { t } = useWords()
  const fields = isProblem(error) ? error.errors : []
  return (
    <aside className={styles.problems} aria-label={t('drafts.problems')} aria-live="polite">
      {parsed.ok ? (
        fields.length === 0 && (
          <p className={`${styles.status} ${styles.good}`}>
            <IconCircleCheck size={16} stroke={1.8} aria-hidden />
            {t('drafts.valid')}
          </p>
        )
      ) : (
        <p className={`${styles.status} ${styles.bad}`}>
          <IconAlertCircle size={16} stroke={1.8} aria-hidden />
          {t('drafts.jsonError', { line: parsed.line, reason: parsed.reason })}
        </p>
      )}
      {parsed.ok && !error && <p className={styles.hint}>{t('drafts.noProblems')}</p>}
      {fields.length > 0 && (
        <>
          <p className={`${styles.status} ${styles.bad}`}>
            <IconAlertCircle size={16} stroke={1.8} aria-hidden />
            {t('drafts.problemsCount', { count: fields.length })}
          </p>
          <div className={styles.list}>
            {fields.map(field => (
              <button
                key={`${field.pointer} ${field.detail}`}
                type="button"
                className={styles.problem}
                title={t('drafts.goTo')}
                onClick={() => onShow(field.pointer)}
              >
                <span className={styles.where}>
                  <code>{field.pointer || '/'}</code>
                  <span>{t('drafts.line', { line: lineIn(text, field.pointer) })}</span>
                </span>
                {field.detail}
              </button>
            ))}
          </div>
        </>
      )}
      {error !== null && fields.length === 0 && (
        <div className={styles.note}>
          <ProblemNote error={error} />
        </div>
      )}
    </aside>
  )
}

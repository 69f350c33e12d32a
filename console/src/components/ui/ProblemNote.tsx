import { IconAlertTriangle, IconCopy } from '@tabler/icons-react'
import { isProblem } from '@/api/problem'
import { useWords } from '@/i18n'
import { copyText } from '@/lib/clipboard'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import styles from './ProblemNote.module.css'

interface Props {
  error: unknown
  onRetry?: () => void
  /** Leaves the list of fields to the page, which shows them at their place. */
  withoutFields?: boolean
}

/** An error where it happened: what it is, what to do, and its code to copy. */
export function ProblemNote({ error, onRetry, withoutFields }: Props) {
  const { t } = useWords()
  const { title, detail, remedy } = useProblemWords()(error)
  const problem = isProblem(error) ? error : null
  return (
    <div className={styles.note} role="alert">
      <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {detail && detail !== title && <p>{detail}</p>}
        {remedy && <p>{remedy}</p>}
        {!withoutFields && problem && problem.errors.length > 0 && (
          <ul className={styles.fields}>
            {problem.errors.map(field => (
              <li key={`${field.pointer} ${field.detail}`}>
                <code className="mono">{field.pointer}</code> {field.detail}
              </li>
            ))}
          </ul>
        )}
        <p className={styles.foot}>
          {problem && (
            <button
              type="button"
              className={styles.code}
              title={t('problem.copyCode')}
              onClick={() =>
                void copyText(problem.code).then(() =>
                  toast({ kind: 'done', text: t('action.copied'), detail: problem.code }),
                )
              }
            >
              <span className="mono">{problem.code}</span>
              <IconCopy size={13} stroke={1.7} aria-hidden />
            </button>
          )}
          {onRetry && (
            <button type="button" className={styles.retry} onClick={onRetry}>
              {t('action.tryAgain')}
            </button>
          )}
        </p>
      </div>
    </div>
  )
}

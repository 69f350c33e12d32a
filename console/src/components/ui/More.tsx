import { useWords } from '@/i18n'
import styles from './More.module.css'

/** Reads on, by default what is older; nothing where there is no more. */
export function More({
  more,
  loading,
  onMore,
  verb,
}: {
  more: boolean
  loading: boolean
  onMore: () => void
  verb?: string
}) {
  const { t } = useWords()
  if (!more) return null
  return (
    <p className={styles.more}>
      <button type="button" onClick={onMore} disabled={loading}>
        {verb ?? t('action.older')}
      </button>
    </p>
  )
}

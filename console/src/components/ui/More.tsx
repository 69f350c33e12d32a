import { useWords } from '@/i18n'
import styles from './More.module.css'

/** Reads what is older; nothing where there is no more. */
export function More({
  more,
  loading,
  onMore,
}: {
  more: boolean
  loading: boolean
  onMore: () => void
}) {
  const { t } = useWords()
  if (!more) return null
  return (
    <p className={styles.more}>
      <button type="button" onClick={onMore} disabled={loading}>
        {t('action.older')}
      </button>
    </p>
  )
}

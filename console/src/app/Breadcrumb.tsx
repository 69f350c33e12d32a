import { Link } from '@tanstack/react-router'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import { isTaskId } from '@/lib/ids'
import styles from './Breadcrumb.module.css'
import { partOf } from './parts'

export function Breadcrumb({ path }: { path: string }) {
  const { t } = useWords()
  const part = partOf(path)
  const rest = path.split('/').slice(2).at(-1)
  return (
    <nav className={styles.crumbs} aria-label={t('frame.here')}>
      {rest ? (
        <Link to={part.path} className={styles.part}>
          {t(`parts.${part.key}`)}
        </Link>
      ) : (
        <span className={styles.here}>{t(`parts.${part.key}`)}</span>
      )}
      {rest && (
        <>
          <span className={styles.slash}>/</span>
          <span className={styles.here} title={decodeURIComponent(rest)}>
            {isTaskId(rest) ? (
              <span className="mono">{shortId(rest)}</span>
            ) : rest === 'new' ? (
              t('drafts.new')
            ) : (
              decodeURIComponent(rest)
            )}
          </span>
        </>
      )}
    </nav>
  )
}

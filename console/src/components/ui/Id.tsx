import { useWords } from '@/i18n'
import { copyText } from '@/lib/clipboard'
import { shortId } from '@/lib/format'
import { toast } from '@/lib/toast'
import styles from './Id.module.css'

/** The telling end of an id; a click copies the whole one. */
export function Id({ id, full }: { id: string; full?: boolean }) {
  const { t } = useWords()
  return (
    <button
      type="button"
      className={styles.id}
      title={`${id} · ${t('action.copy')}`}
      onClick={event => {
        event.stopPropagation()
        event.preventDefault()
        void copyText(id).then(() => toast({ kind: 'done', text: t('action.copied'), detail: id }))
      }}
    >
      {full ? id : shortId(id)}
    </button>
  )
}

import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useWords } from '@/i18n'
import { dismiss, useToasts } from '@/lib/toast'
import styles from './Toasts.module.css'

export function Toasts() {
  const { t } = useWords()
  return (
    <div className={styles.corner} aria-live="polite">
      {useToasts().map(({ id, kind, text, detail, action }) => (
        <div key={id} className={styles.toast} data-kind={kind}>
          {kind === 'done' ? <IconCheck size={16} /> : <IconAlertTriangle size={16} />}
          <div className={styles.words}>
            <div>{text}</div>
            {detail && <div className={styles.detail}>{detail}</div>}
          </div>
          {action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </button>
          )}
          <button
            type="button"
            className={styles.close}
            onClick={() => dismiss(id)}
            aria-label={t('action.close')}
          >
            <IconX size={14} />
          </button>
        </div>
      ))}
    </div>
  )
}

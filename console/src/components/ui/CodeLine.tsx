import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useWords } from '@/i18n'
import { copyText } from '@/lib/clipboard'
import styles from './CodeLine.module.css'

/** One command, ready to copy. */
export function CodeLine({ code }: { code: string }) {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void copyText(code).then(() => {
      setCopied(true)
      setTimeout(() => setCopied(false), 1500)
    })
  return (
    <div className={styles.line}>
      <code>{code}</code>
      <button type="button" onClick={copy} aria-label={t('action.copy')} title={t('action.copy')}>
        {copied ? <IconCheck size={15} /> : <IconCopy size={15} stroke={1.7} />}
      </button>
    </div>
  )
}

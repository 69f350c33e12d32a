import { setLanguage, useWords } from '@/i18n'
import styles from './Tool.module.css'

/** Shows the other language by its own name, as its readers would look for it. */
export function LanguageSwitch() {
  const { language } = useWords()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className={styles.tool}
      lang={other}
      title={other === 'zh' ? '切换为中文' : 'Switch to English'}
      aria-label={other === 'zh' ? '切换为中文' : 'Switch to English'}
      onClick={() => void setLanguage(other)}
    >
      {other === 'zh' ? '中' : 'EN'}
    </button>
  )
}

import { IconSearch } from '@tabler/icons-react'
import { Kbd } from '@/components/ui/Kbd'
import { useWords } from '@/i18n'
import { isApple } from '@/lib/platform'
import { Breadcrumb } from './Breadcrumb'
import { LanguageSwitch } from './LanguageSwitch'
import { LiveDot } from './LiveDot'
import { ThemeSwitch } from './ThemeSwitch'
import styles from './TopBar.module.css'

interface Props {
  path: string
  onSearch: () => void
}

export function TopBar({ path, onSearch }: Props) {
  const { t } = useWords()
  return (
    <header className={styles.bar}>
      <Breadcrumb path={path} />
      <button
        type="button"
        className={styles.search}
        onClick={onSearch}
        aria-label={t('frame.search')}
      >
        <IconSearch size={15} stroke={1.8} aria-hidden />
        <span className={styles.hint}>{t('frame.search')}</span>
        <span className={styles.keys}>
          <Kbd>{isApple ? '⌘' : 'Ctrl'}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <div className={styles.tools}>
        <LiveDot />
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  )
}

import { SearchBox } from '@/components/ui/SearchBox'
import { useWords } from '@/i18n'
import type { PlainSearch } from '@/lib/plain-search'
import styles from '../Crew.module.css'
import { useKnownWords } from '../useKnownWords'
import { useTyped } from '../useTyped'

interface Props {
  search: PlainSearch
  onChange: (change: PlainSearch) => void
}

const WORDS = ['project', 'domain', 'template'] as const

/** What runs are searched by; the address holds all of it. */
export function RunFilters({ search, onChange }: Props) {
  const { t } = useWords()
  const known = useKnownWords()
  const [text, type] = useTyped(search.q ?? '', q => onChange({ q: q || undefined }))
  const shown = (name: (typeof WORDS)[number]) => {
    const value = search[name] ?? ''
    if (name === 'domain') return known('domains', value)
    return name === 'template' && value === 'roles' ? t('crew.byRoles') : value
  }
  return (
    <div className={`${styles.filters} ${styles.search}`}>
      <SearchBox value={text} placeholder={t('crew.searchRuns')} onChange={type} />
      {WORDS.filter(name => search[name]).map(name => (
        <button
          key={name}
          type="button"
          className={styles.chip}
          onClick={() => onChange({ [name]: undefined })}
        >
          {t(`crew.${name}`)}: {shown(name)} ×
        </button>
      ))}
    </div>
  )
}

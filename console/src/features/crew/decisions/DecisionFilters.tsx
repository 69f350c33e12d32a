import { SearchBox } from '@/components/ui/SearchBox'
import { useWords } from '@/i18n'
import type { PlainSearch } from '@/lib/plain-search'
import styles from '../Crew.module.css'
import { useStateWord } from '../CrewBadge'
import { useTyped } from '../useTyped'

interface Props {
  search: PlainSearch
  onChange: (change: PlainSearch) => void
}

const WORDS = ['tag', 'maker', 'project'] as const

/** What decisions are searched by; the address holds all of it. */
export function DecisionFilters({ search, onChange }: Props) {
  const { t } = useWords()
  const word = useStateWord()
  const [text, type] = useTyped(search.q ?? '', q => onChange({ q: q || undefined }))
  const chosen = [...WORDS, 'status' as const].filter(name => search[name])
  return (
    <div className={styles.filters}>
      <SearchBox value={text} placeholder={t('crew.searchDecisions')} onChange={type} />
      {(['from', 'to'] as const).map(end => (
        <label key={end} className={styles.day}>
          {t(`crew.${end}`)}
          <input
            type="date"
            value={search[end] ?? ''}
            onChange={event => onChange({ [end]: event.currentTarget.value || undefined })}
          />
        </label>
      ))}
      {chosen.map(name => (
        <button
          key={name}
          type="button"
          className={styles.chip}
          onClick={() => onChange({ [name]: undefined })}
        >
          {t(`crew.${name}`)}: {name === 'status' ? word(search[name] ?? '') : search[name]} ×
        </button>
      ))}
    </div>
  )
}

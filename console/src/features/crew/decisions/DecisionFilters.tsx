import { useEffect, useState } from 'react'
import { SearchBox } from '@/components/ui/SearchBox'
import { useWords } from '@/i18n'
import type { PlainSearch } from '@/lib/plain-search'
import styles from '../Crew.module.css'
import { useStateWord } from '../CrewBadge'

interface Props {
  search: PlainSearch
  onChange: (change: PlainSearch) => void
}

const SETTLE_MS = 250
const WORDS = ['tag', 'maker', 'project'] as const

/** What decisions are searched by; the address holds all of it. */
export function DecisionFilters({ search, onChange }: Props) {
  const { t } = useWords()
  const word = useStateWord()
  const [text, setText] = useState(search.q ?? '')
  useEffect(() => {
    if (text === (search.q ?? '')) return
    const timer = setTimeout(() => onChange({ q: text || undefined }), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, search.q, onChange])
  const chosen = [...WORDS, 'status' as const].filter(name => search[name])
  return (
    <div className={styles.filters}>
      <SearchBox value={text} placeholder={t('crew.searchDecisions')} onChange={setText} />
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

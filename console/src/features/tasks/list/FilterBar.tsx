import { IconX } from '@tabler/icons-react'
import { type RefObject, useEffect, useState } from 'react'
import { type FacetCount, TASK_STATES, type TaskFacets } from '@/api/types'
import { SearchBox } from '@/components/ui/SearchBox'
import { StateBadge } from '@/components/ui/StateBadge'
import { useWords } from '@/i18n'
import { exactCount, shortId } from '@/lib/format'
import { isTaskId } from '@/lib/ids'
import { isFiltered, type TaskFilters, toggleState } from '../filters'
import { FacetMenu } from './FacetMenu'
import styles from './FilterBar.module.css'
import { facetText, sumOf } from './facets'

interface Props {
  filters: TaskFilters
  facets: TaskFacets | undefined
  input: RefObject<HTMLInputElement | null>
  onChange: (filters: TaskFilters) => void
}

export function FilterBar({ filters, facets, input, onChange }: Props) {
  const { t } = useWords()
  const narrow = (change: Partial<TaskFilters>) => onChange({ ...filters, ...change })
  const states = new Map(facets?.states.map(facet => [facet.value, facet]))
  return (
    <div className={styles.bar}>
      <div className={styles.states} role="group" aria-label={t('tasks.stateFacet')}>
        <button
          type="button"
          className={styles.chip}
          aria-pressed={filters.states.length === 0}
          onClick={() => narrow({ states: [] })}
        >
          {t('tasks.all')}
          {facets && <Count facet={sumOf(facets.states)} />}
        </button>
        {TASK_STATES.map(state => (
          <button
            key={state}
            type="button"
            className={styles.chip}
            data-testid={`state-${state}`}
            aria-pressed={filters.states.includes(state)}
            data-zero={states.get(state)?.count === 0 || undefined}
            onClick={() => onChange(toggleState(filters, state))}
          >
            <StateBadge state={state} />
            <Count facet={states.get(state)} />
          </button>
        ))}
      </div>
      <div className={styles.fields}>
        <TextFilter
          value={filters.q ?? ''}
          input={input}
          onChange={q => narrow({ q: q || undefined })}
        />
        <button
          type="button"
          className={styles.chip}
          aria-pressed={filters.in === 'input'}
          title={t('tasks.inInputHint')}
          onClick={() => narrow({ in: filters.in ? undefined : 'input' })}
        >
          {t('tasks.inInput')}
        </button>
        <FacetMenu
          label={t('tasks.queueFacet')}
          value={filters.queue}
          options={facets?.queues ?? []}
          onChange={queue => narrow({ queue })}
        />
        <FacetMenu
          label={t('tasks.typeFacet')}
          value={filters.type}
          options={facets?.types ?? []}
          onChange={type => narrow({ type })}
        />
        <FacetMenu
          label={t('tasks.tagFacet')}
          value={filters.tag}
          options={facets?.tags ?? []}
          onChange={tag => narrow({ tag })}
        />
        {NARROW.map(
          name =>
            filters[name] && (
              <Narrowed
                key={name}
                label={t(`tasks.narrow.${name}`)}
                value={filters[name]}
                onClear={() => narrow({ [name]: undefined })}
              />
            ),
        )}
        {isFiltered(filters) && (
          <button type="button" className={styles.clear} onClick={() => onChange({ states: [] })}>
            <IconX size={14} stroke={1.8} aria-hidden />
            <span>{t('tasks.clearFilters')}</span>
          </button>
        )}
      </div>
    </div>
  )
}

/** What other pages link to; there is nothing to choose from here. */
const NARROW = ['batch', 'schedule', 'tenant', 'key'] as const

interface NarrowedProps {
  label: string
  value: string
  onClear: () => void
}

function Narrowed({ label, value, onClear }: NarrowedProps) {
  const { t } = useWords()
  return (
    <span className={styles.narrowed} title={value}>
      <span>{label}</span>
      <span className={styles.narrowedValue}>{isTaskId(value) ? shortId(value) : value}</span>
      <button type="button" onClick={onClear} aria-label={`${t('action.clear')} ${label}`}>
        <IconX size={14} stroke={1.8} aria-hidden />
      </button>
    </span>
  )
}

function Count({ facet }: { facet: FacetCount | undefined }) {
  if (!facet) return null
  return (
    <span className={styles.count} title={`${exactCount(facet.count)}${facet.capped ? '+' : ''}`}>
      {facetText(facet)}
    </span>
  )
}

/** A pause in typing this long asks the server. */
const PAUSE_MS = 250

interface TextProps {
  value: string
  input: RefObject<HTMLInputElement | null>
  onChange: (text: string) => void
}

function TextFilter({ value, input, onChange }: TextProps) {
  const { t } = useWords()
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    if (text === null) return
    const timer = setTimeout(() => {
      setText(null)
      if (text !== value) onChange(text)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <SearchBox
      value={text ?? value}
      placeholder={t('tasks.filter')}
      name={t('tasks.filterLabel')}
      input={input}
      onChange={setText}
    />
  )
}

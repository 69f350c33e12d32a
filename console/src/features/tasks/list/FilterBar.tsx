import { IconSearch, IconX } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { TASK_STATES, type Task } from '@/api/types'
import { StateBadge } from '@/components/ui/StateBadge'
import { useWords } from '@/i18n'
import { count, exactCount } from '@/lib/format'
import { isFiltered, type TaskFilters, toggleState } from '../filters'
import { useTaskTypes } from '../useTaskTypes'
import { FacetMenu } from './FacetMenu'
import styles from './FilterBar.module.css'
import { type Facets, valuesIn } from './facets'

interface Props {
  filters: TaskFilters
  facets: Facets
  rows: readonly Task[]
  input: RefObject<HTMLInputElement | null>
  onChange: (filters: TaskFilters) => void
}

export function FilterBar({ filters, facets, rows, input, onChange }: Props) {
  const { t } = useWords()
  const { data: types } = useTaskTypes()
  // Registered ones, and those that only history knows.
  const typeNames = [...new Set([...(types ?? []), ...valuesIn(rows, task => [task.type])])].sort()
  const narrow = (change: Partial<TaskFilters>) => onChange({ ...filters, ...change })
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
          <span className={styles.count} title={exactCount(facets.total)}>
            {facets.total === null ? '' : count(facets.total)}
          </span>
        </button>
        {TASK_STATES.map(state => (
          <button
            key={state}
            type="button"
            className={styles.chip}
            data-testid={`state-${state}`}
            aria-pressed={filters.states.includes(state)}
            data-zero={facets.states?.[state] === 0 || undefined}
            onClick={() => onChange(toggleState(filters, state))}
          >
            <StateBadge state={state} />
            <span className={styles.count} title={exactCount(facets.states?.[state])}>
              {facets.states ? count(facets.states[state]) : ''}
            </span>
          </button>
        ))}
      </div>
      <div className={styles.fields}>
        <label className={styles.search}>
          <IconSearch size={15} stroke={1.8} aria-hidden />
          <input
            ref={input}
            value={filters.q ?? ''}
            placeholder={t('tasks.filter')}
            aria-label={t('tasks.filterLabel')}
            spellCheck={false}
            onChange={event => narrow({ q: event.currentTarget.value || undefined })}
            onKeyDown={event => {
              if (event.key === 'Escape') event.currentTarget.blur()
            }}
          />
        </label>
        <FacetMenu
          label={t('tasks.queueFacet')}
          value={filters.queue}
          options={facets.queues}
          onChange={queue => narrow({ queue })}
        />
        <FacetMenu
          label={t('tasks.typeFacet')}
          value={filters.type}
          options={typeNames.map(name => ({ name, count: null }))}
          onChange={type => narrow({ type })}
        />
        <FacetMenu
          label={t('tasks.tagFacet')}
          value={filters.tag}
          options={valuesIn(rows, task => task.tags).map(name => ({ name, count: null }))}
          onChange={tag => narrow({ tag })}
        />
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

import type { ReactNode } from 'react'
import { useWords } from '@/i18n'
import styles from './Run.module.css'

interface Props<S extends string> {
  states: readonly S[]
  chosen: S | undefined
  badge: (state: S) => ReactNode
  onChoose: (state: S | undefined) => void
  /** The word for no choice; "all" without it. */
  all?: string
  /** Further filters that hold. */
  children?: ReactNode
}

/** Narrows a list of runs to a state; what is chosen again is let go. */
export function StateFacet<S extends string>({
  states,
  chosen,
  badge,
  onChoose,
  all,
  children,
}: Props<S>) {
  const { t } = useWords()
  return (
    <div
      className={styles.states}
      role="group"
      aria-label={all ? undefined : t('tasks.stateFacet')}
    >
      <button type="button" aria-pressed={!chosen} onClick={() => onChoose(undefined)}>
        {all ?? t('tasks.all')}
      </button>
      {states.map(state => (
        <button
          key={state}
          type="button"
          aria-pressed={state === chosen}
          onClick={() => onChoose(state === chosen ? undefined : state)}
        >
          {badge(state)}
        </button>
      ))}
      {children}
    </div>
  )
}

import { count } from '@/lib/format'
import styles from './Crew.module.css'

interface Props {
  title: string
  counts: { name: string; count: number }[]
  /** What stands for a name, where that is not its own word. */
  words?: (name: string) => string
  chosen?: string
  onChoose?: (name: string) => void
}

const SHOWN = 5

/** How many there are of what, as bars; one can be chosen to narrow a list. */
export function Counts({ title, counts, words, chosen, onChoose }: Props) {
  const most = Math.max(1, ...counts.map(each => each.count))
  return (
    <div className={styles.counts}>
      <h3>{title}</h3>
      <ul>
        {counts.slice(0, SHOWN).map(each => {
          const word = words?.(each.name) ?? (each.name || '–')
          return (
            <li key={each.name}>
              <button
                type="button"
                disabled={!onChoose || !each.name}
                aria-pressed={onChoose ? each.name === chosen : undefined}
                title={word}
                onClick={() => onChoose?.(each.name)}
              >
                <span className={styles.countName}>{word}</span>
                <span className={styles.countBar}>
                  <i style={{ width: `${(each.count / most) * 100}%` }} />
                </span>
                <span className={styles.countNumber}>{count(each.count)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

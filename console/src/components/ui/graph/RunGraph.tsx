import { useMemo } from 'react'
import type { Stage } from '@/api/workflows'
import { Elapsed } from '@/components/ui/Elapsed'
import { RunBadge, TONES } from '@/components/ui/RunBadge'
import { useWords } from '@/i18n'
import { took } from '@/lib/stages'
import { layOut, pathOf } from './layout'
import styles from './RunGraph.module.css'

const SIZE = { width: 188, height: 62, gapX: 48, gapY: 16 }
/** Room for the ring around a node that has the focus. */
const EDGE = 4

interface Props {
  stages: Stage[]
  /** The stages on the longest way. */
  critical: string[]
  selected: string | null
  onSelect: (stage: string) => void
}

/** The stages of a run and what waits for what; a stage is a button. */
export function RunGraph({ stages, critical, selected, onSelect }: Props) {
  const { t } = useWords()
  const shape = JSON.stringify(stages.map(({ name, after }) => ({ name, after })))
  const layout = useMemo(() => layOut(JSON.parse(shape), SIZE), [shape])
  const byName = new Map(stages.map(stage => [stage.name, stage]))
  const onWay = (from: string, to: string) => {
    const at = critical.indexOf(from)
    return at >= 0 && critical[at + 1] === to
  }
  return (
    <div className={styles.scroll}>
      <div
        className={styles.area}
        style={{ width: layout.width + 2 * EDGE, height: layout.height + 2 * EDGE }}
      >
        <svg
          className={styles.lines}
          viewBox={`${-EDGE} ${-EDGE} ${layout.width + 2 * EDGE} ${layout.height + 2 * EDGE}`}
          aria-hidden="true"
        >
          {layout.routes.map(({ from, to, points }) => (
            <path
              key={`${from} ${to}`}
              d={pathOf(points)}
              data-critical={onWay(from, to) || undefined}
            />
          ))}
        </svg>
        {layout.nodes.map(({ name, x, y }) => {
          const stage = byName.get(name)
          if (!stage) return null
          return (
            <button
              key={name}
              type="button"
              className={styles.node}
              data-state={TONES[stage.status]}
              data-critical={critical.includes(name) || undefined}
              aria-pressed={name === selected}
              title={name}
              style={{ left: x + EDGE, top: y + EDGE, width: SIZE.width, height: SIZE.height }}
              onClick={() => onSelect(name)}
            >
              <span className={styles.name}>{name}</span>
              <span className={styles.line}>
                <RunBadge state={stage.status} />
                <span className={styles.more}>
                  {stage.startedAt ? (
                    <Elapsed ms={took(stage)} since={stage.startedAt} />
                  ) : (
                    t('workflows.tasksOf', { count: stage.tasks.length })
                  )}
                </span>
              </span>
            </button>
          )
        })}
      </div>
    </div>
  )
}

import { type ReactNode, useMemo } from 'react'
import type { TaskState } from '@/api/types'
import styles from './Graph.module.css'
import { layOut, pathOf } from './layout'

const SIZE = { width: 188, height: 62, gapX: 48, gapY: 16 }
/** Room for the ring around a node that has the focus. */
const EDGE = 4

export interface GraphNode {
  /** Unique in the graph. */
  name: string
  /** What is written on it, if not its name. */
  label?: string
  /** The names of the nodes that lead to it. */
  after: string[]
  /** Colours its left edge by a state. */
  tone?: TaskState
  /** The second line, with a word at its end. */
  line: ReactNode
  more?: ReactNode
}

interface Props {
  nodes: GraphNode[]
  /** The nodes on the way that counts. */
  critical?: string[]
  selected?: string | null
  onSelect?: (node: string) => void
}

const NOWAY: string[] = []

/** Things and what follows from what; each is a button where something can be selected. */
export function Graph({ nodes, critical = NOWAY, selected = null, onSelect }: Props) {
  const shape = JSON.stringify(nodes.map(({ name, after }) => ({ name, after })))
  const layout = useMemo(() => layOut(JSON.parse(shape), SIZE), [shape])
  const byName = new Map(nodes.map(node => [node.name, node]))
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
          const node = byName.get(name)
          if (!node) return null
          return (
            <button
              key={name}
              type="button"
              className={styles.node}
              data-state={node.tone}
              data-critical={critical.includes(name) || undefined}
              aria-pressed={name === selected}
              title={node.label ?? name}
              style={{ left: x + EDGE, top: y + EDGE, width: SIZE.width, height: SIZE.height }}
              onClick={() => onSelect?.(name)}
            >
              <span className={styles.name}>{node.label ?? name}</span>
              <span className={styles.line}>
                {node.line}
                {node.more !== undefined && <span className={styles.more}>{node.more}</span>}
              </span>
            </button>
          )
        })}
      </div>
    </div>
  )
}

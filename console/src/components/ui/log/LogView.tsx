import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { LogLine } from '@/api/types'
import { useWords } from '@/i18n'
import { exactTime } from '@/lib/format'
import pane from '../Pane.module.css'
import { LogTools } from './LogTools'
import styles from './LogView.module.css'

export type LevelFilter = 'all' | 'info' | 'warn' | 'error'

const RANK: Record<string, number> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4 }
const FROM: Record<LevelFilter, number> = { all: 0, info: 2, warn: 3, error: 4 }
const LINE = 20
/** How near to its end a log counts as being followed. */
const NEAR_END = 24

interface Props {
  lines: LogLine[]
  /** For the name of the downloaded file. */
  name: string
}

/** A run log: it follows its end until somebody scrolls up, filters by level and text. */
export function LogView({ lines, name }: Props) {
  const { t } = useWords()
  const [follow, setFollow] = useState(true)
  const [wrap, setWrap] = useState(true)
  const [level, setLevel] = useState<LevelFilter>('all')
  const [text, setText] = useState('')
  const scroller = useRef<HTMLDivElement>(null)

  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return lines.filter(
      line =>
        (RANK[line.level] ?? 2) >= FROM[level] &&
        (!wanted || line.text.toLowerCase().includes(wanted)),
    )
  }, [lines, level, text])

  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 20,
  })

  useEffect(() => {
    if (follow && shown.length > 0) rows.scrollToIndex(shown.length - 1, { align: 'end' })
  }, [follow, shown.length, rows])

  const onScroll = () => {
    const box = scroller.current
    if (!box) return
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END
    if (!atEnd && follow) setFollow(false)
  }

  return (
    <div className={pane.pane}>
      <LogTools
        {...{ follow, setFollow, wrap, setWrap, level, setLevel, text, setText, lines, name }}
      />
      {/* A person's own scrolling, not the one that following causes, ends the following. */}
      <div
        ref={scroller}
        className={styles.lines}
        data-wrap={wrap || undefined}
        onWheel={onScroll}
        onTouchMove={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area is reached by keyboard
        tabIndex={0}
        onKeyUp={onScroll}
      >
        {shown.length === 0 && <p className={styles.none}>{t('log.noMatch')}</p>}
        <div className={styles.space} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(row => {
            const line = shown[row.index]
            if (!line) return null
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                data-level={line.level}
                className={styles.line}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <time title={exactTime(line.at)}>{clockOf(line.at)}</time>
                <span className={styles.level}>{line.level}</span>
                <span className={styles.text}>{line.text}</span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** Of the exact local time, only the clock: 14:03:22.118. */
const clockOf = (at: string) => exactTime(at).split(' ')[1] ?? at

import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Task } from '@/api/types'
import { Check } from '@/components/ui/Check'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { TaskRow } from './TaskRow'
import styles from './TaskTable.module.css'

export const ROW_HEIGHT = 36
/** How many rows before its end the list asks for more. */
const AHEAD = 60

interface Props {
  rows: readonly Task[]
  hrefOf: (id: string) => string
  openId: string | undefined
  cursor: number
  selected: ReadonlySet<string>
  onOpen: (id: string) => void
  onSelect: (index: number, range: boolean) => void
  onSelectAll: () => void
  loading: boolean
  more: boolean
  onEnd: () => void
  /** Where the last reader of this very list was. */
  place: { current: number }
  announcement: ReactNode
  footer: ReactNode
}

export function TaskTable(props: Props) {
  const { rows, cursor, selected, loading, more, onEnd, place } = props
  const { t } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialOffset: place.current,
    getItemKey: index => rows[index]?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (more && !loading && last >= rows.length - AHEAD) onEnd()
  }, [more, loading, last, rows.length, onEnd])

  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor, { align: 'auto' })
  }, [cursor, virtual])

  const first = loading && rows.length === 0
  return (
    <div className={styles.table} role="table" aria-rowcount={more ? -1 : rows.length}>
      <div className={styles.header} role="row">
        <span className={styles.check} role="columnheader">
          <Check
            checked={rows.length > 0 && selected.size >= rows.length}
            some={selected.size > 0 && selected.size < rows.length}
            onChange={props.onSelectAll}
            label={t('tasks.selectAll')}
          />
        </span>
        <span className={styles.state} role="columnheader">
          {t('tasks.colState')}
        </span>
        <span className={styles.type} role="columnheader">
          {t('tasks.colType')}
        </span>
        <span className={styles.id} role="columnheader">
          {t('tasks.colId')}
        </span>
        <span className={styles.queue} role="columnheader">
          {t('tasks.colQueue')}
        </span>
        <span className={styles.progress} role="columnheader">
          {t('tasks.colProgress')}
        </span>
        <span className={styles.created} role="columnheader">
          {t('tasks.colCreated')}
        </span>
        <span className={styles.duration} role="columnheader">
          {t('tasks.colDuration')}
        </span>
      </div>
      <div className={styles.over}>{props.announcement}</div>
      <div
        ref={scroller}
        className={styles.scroller}
        data-testid="task-rows"
        onScroll={event => {
          place.current = event.currentTarget.scrollTop
        }}
      >
        {first ? (
          <div className={styles.skeleton}>
            <SkeletonRows rows={14} height={ROW_HEIGHT} />
          </div>
        ) : (
          <div className={styles.space} style={{ height: virtual.getTotalSize() }}>
            {items.map(item => {
              const task = rows[item.index]
              return task ? (
                <TaskRow
                  key={item.key}
                  task={task}
                  index={item.index}
                  top={item.start}
                  href={props.hrefOf(task.id)}
                  open={task.id === props.openId}
                  current={item.index === cursor}
                  selected={selected.has(task.id)}
                  onOpen={props.onOpen}
                  onSelect={props.onSelect}
                />
              ) : null
            })}
          </div>
        )}
        {!first && props.footer}
      </div>
    </div>
  )
}

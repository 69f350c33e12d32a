import { useCallback, useMemo, useRef, useState } from 'react'
import type { Task } from '@/api/types'

/** Selected rows by id, with ranges by Shift. */
export function useSelection(rows: readonly Task[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const anchor = useRef<number | null>(null)
  const current = useRef(rows)
  current.current = rows

  const toggle = useCallback((index: number, range: boolean) => {
    const all = current.current
    setIds(before => {
      const next = new Set(before)
      if (range && anchor.current !== null) {
        const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)]
        for (const task of all.slice(from, to + 1)) next.add(task.id)
      } else {
        const id = all[index]?.id
        if (id && !next.delete(id)) next.add(id)
      }
      return next
    })
    if (!range) anchor.current = index
  }, [])

  const clear = useCallback(() => setIds(new Set()), [])
  const all = useCallback(
    () =>
      setIds(before => (before.size ? new Set() : new Set(current.current.map(task => task.id)))),
    [],
  )
  const tasks = useMemo(() => (ids.size ? rows.filter(task => ids.has(task.id)) : []), [rows, ids])
  return { ids, tasks, toggle, clear, all }
}

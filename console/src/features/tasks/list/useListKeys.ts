import { useEffect, useState } from 'react'
import type { Task } from '@/api/types'
import { useHotkeys } from '@/lib/hotkeys'

interface Options {
  rows: readonly Task[]
  openId: string | undefined
  onOpen: (id: string, replace?: boolean) => void
  onClose: () => void
  onSelect: (index: number, range: boolean) => void
  onClear: () => void
  focusFilter: () => void
  showFresh: () => void
}

/** j and k walk, enter opens, x selects, / filters, n shows the new ones. */
export function useListKeys(options: Options): number {
  const { rows, openId } = options
  // By id and not by index, so that it stays where it is when rows come in above it.
  const [id, setId] = useState<string | null>(openId ?? null)
  useEffect(() => {
    if (openId) setId(openId)
  }, [openId])
  const cursor = id === null ? -1 : rows.findIndex(task => task.id === id)

  const move = (step: number) => {
    const next = rows[cursor < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, cursor + step))]
    if (!next) return
    setId(next.id)
    if (openId) options.onOpen(next.id, true)
  }
  const pressed = (run: () => void) => (event: KeyboardEvent) => {
    event.preventDefault()
    run()
  }
  const onButton = (event: KeyboardEvent) =>
    event.target instanceof HTMLElement && event.target.closest('button, a') !== null

  useHotkeys({
    j: pressed(() => move(1)),
    k: pressed(() => move(-1)),
    Enter: event => {
      const task = rows[cursor]
      if (!task || onButton(event)) return
      event.preventDefault()
      options.onOpen(task.id)
    },
    x: pressed(() => {
      if (cursor >= 0) options.onSelect(cursor, false)
    }),
    X: pressed(() => {
      if (cursor >= 0) options.onSelect(cursor, true)
    }),
    n: pressed(options.showFresh),
    '/': pressed(options.focusFilter),
    Escape: () => {
      if (openId) options.onClose()
      else options.onClear()
    },
  })
  return cursor
}

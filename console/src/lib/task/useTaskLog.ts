import { useCallback, useEffect, useState } from 'react'
import { fetchTaskLog } from '@/api/tasks'
import type { LogLine } from '@/api/types'

/** The oldest lines give way: a page is no place for an endless log. */
const LIMIT = 20_000

/** A task's log: what there is, then what its stream adds. */
export function useTaskLog(id: string) {
  const [lines, setLines] = useState<LogLine[]>([])

  useEffect(() => {
    const abort = new AbortController()
    setLines([])
    const load = async () => {
      let after: string | undefined
      do {
        const page = await fetchTaskLog(id, after, abort.signal)
        setLines(current => merge(current, page.items))
        after = page.next ?? undefined
      } while (after && !abort.signal.aborted)
    }
    load().catch(() => undefined)
    return () => abort.abort()
  }, [id])

  const append = useCallback((data: unknown) => {
    setLines(current => merge(current, [data as LogLine]))
  }, [])

  return { lines, append }
}

/** Lines arrive by two ways that overlap: each is kept once, in the order of time. */
export function merge(current: LogLine[], added: LogLine[]): LogLine[] {
  const known = new Set(current.slice(-added.length - 2000).map(keyOf))
  const fresh = added.filter(line => !known.has(keyOf(line)))
  if (fresh.length === 0) return current
  const last = current.at(-1)
  const inOrder = !last || fresh.every(line => line.at >= last.at)
  const all = [...current, ...fresh]
  if (!inOrder) all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return all.length > LIMIT ? all.slice(-LIMIT) : all
}

const keyOf = (line: LogLine) => `${line.at} ${line.level} ${line.text}`

import { useCallback, useEffect, useState } from 'react'
import type { Page } from '@/api/types'

/**
 * The pages behind one that is pushed. What is pushed comes first and has the last word; older rows
 * stay as they were when they were read.
 */
export function useFurther<T>(
  first: Page<T> | undefined,
  fetch: (cursor: string) => Promise<Page<T>>,
  keyOf: (row: T) => string,
  /** Another one begins anew. */
  subject = '',
) {
  const [older, setOlder] = useState<Page<T> | null>(null)
  const [loading, setLoading] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject has other rows
  useEffect(() => setOlder(null), [subject])
  const next = older ? older.next : (first?.next ?? null)
  const loadMore = useCallback(() => {
    if (!next) return
    setLoading(true)
    fetch(next)
      .then(page =>
        setOlder(had => ({ items: [...(had?.items ?? []), ...page.items], next: page.next })),
      )
      .catch(() => undefined)
      .finally(() => setLoading(false))
  }, [next, fetch])
  const known = new Set(first?.items.map(keyOf))
  const rows = first && [
    ...first.items,
    ...(older?.items.filter(row => !known.has(keyOf(row))) ?? []),
  ]
  return { rows, more: next !== null, loadMore, loading }
}

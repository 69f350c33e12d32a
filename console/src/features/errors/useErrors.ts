import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { type ErrorQuery, errorsOf, listErrors } from '@/api/errors'
import { useFurther } from '@/lib/use-further'
import { usePushed } from '@/lib/use-pushed'

/** Groups of errors: pushed as they are, and asked for anew on each push where they are filtered. */
export function useErrors(query: ErrorQuery) {
  const { state, text } = query
  const filtered = Boolean(state || text)
  const pushed = usePushed({
    key: ['errors'],
    topic: 'errors',
    fetch: signal => listErrors({}, undefined, signal),
    read: errorsOf,
  })
  const found = useQuery({
    queryKey: ['errors', 'found', state, text],
    queryFn: ({ signal }) => listErrors({ state, text }, undefined, signal),
    enabled: filtered,
    placeholderData: before => before,
  })
  const { refetch } = found
  const news = pushed.data
  useEffect(() => {
    if (news && filtered) void refetch()
  }, [news, filtered, refetch])
  const shown = filtered ? found : pushed
  const fetch = useCallback((cursor: string) => listErrors({ state, text }, cursor), [state, text])
  const further = useFurther(
    shown.data,
    fetch,
    group => group.fingerprint,
    JSON.stringify([state, text]),
  )
  return { ...further, filtered, error: shown.error, refetch: shown.refetch }
}

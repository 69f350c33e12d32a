import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keepPushed } from './keep-pushed'
import { openStream } from './stream'

interface Followed<T> {
  key: QueryKey
  fetch: (signal: AbortSignal) => Promise<T>
  /** The stream that tells it again whenever it changes, and the name of that event. */
  url: string
  event: string
}

/** One thing, read once and kept current by a stream of its own. */
export function useFollowed<T>({ key, fetch, url, event: told }: Followed<T>) {
  const client = useQueryClient()
  const name = JSON.stringify(key)
  const asked = useQuery({ queryKey: key, queryFn: ({ signal }) => fetch(signal) })
  const found = asked.data !== undefined
  useEffect(() => {
    if (!found) return
    return openStream(url, {
      onEvent: (event, data) => {
        if (event === told) keepPushed(client, JSON.parse(name) as QueryKey, data as T)
      },
    })
  }, [client, name, url, told, found])
  return asked
}

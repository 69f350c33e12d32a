import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keepPushed } from './keep-pushed'
import { wantTopic } from './live'
import type { Topic } from './topics'

interface Pushed<Raw, Shown> {
  key: QueryKey
  topic: Topic
  /** The first answer; it also tells why there is none. */
  fetch: (signal: AbortSignal) => Promise<Shown>
  /** What a push says. */
  read: (raw: Raw) => Shown
}

/** Data that is read once, and from then on pushed whenever it has changed. */
export function usePushed<Raw, Shown>({ key, topic, fetch, read }: Pushed<Raw, Shown>) {
  const client = useQueryClient()
  const name = JSON.stringify(key)
  const reader = useRef(read)
  reader.current = read
  useEffect(
    () =>
      wantTopic(topic, raw => {
        keepPushed(client, JSON.parse(name) as QueryKey, reader.current(raw as Raw))
      }),
    [client, topic, name],
  )
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetch(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

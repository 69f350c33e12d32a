import { useQuery } from '@tanstack/react-query'
import { listQueues } from '@/api/queues'
import { useLiveRefresh } from './live-refresh'
import { noteQueues } from './queue-rates'

const KEY = ['queues']

/** The queues, read again when the pushed totals say that something has changed. */
export function useQueues() {
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => noteQueues(await listQueues(signal)),
  })
  useLiveRefresh(KEY)
  return { queues: data, error: data ? null : error, refetch }
}

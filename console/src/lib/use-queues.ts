import { listQueues, queuesOf } from '@/api/queues'
import { noteQueues } from './queue-rates'
import { usePushed } from './use-pushed'

/** The queues, pushed when one of their counts has changed. */
export function useQueues() {
  const { data, error, refetch } = usePushed({
    key: ['queues'],
    topic: 'queues',
    fetch: async signal => noteQueues(await listQueues(signal)),
    read: (raw: Parameters<typeof queuesOf>[0]) => noteQueues(queuesOf(raw)),
  })
  return { queues: data, error: data ? null : error, refetch }
}

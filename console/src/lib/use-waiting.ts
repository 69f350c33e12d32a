import { listWaiting, type Waiting, waitingOf } from '@/api/workflows'
import { usePushed } from './use-pushed'

/** The sync points that wait for a person or for metrics, pushed when they change. */
export function useWaiting() {
  const { data, error, refetch } = usePushed({
    key: ['approvals'],
    topic: 'approvals',
    fetch: listWaiting,
    read: (raw: { items: Waiting[] }) => waitingOf(raw),
  })
  return { waiting: data, error: data ? null : error, refetch }
}

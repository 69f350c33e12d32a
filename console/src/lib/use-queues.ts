import { useQuery } from '@tanstack/react-query'
import { listQueues } from '@/api/queues'
import { useLiveState } from './live'

/** The queues: as the server pushes them each second, and by asking once before the first push. */
export function useQueues() {
  const pushed = useLiveState(live => live.overview?.queues)
  const asked = useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => listQueues(signal),
    enabled: !pushed,
  })
  return {
    queues: pushed ?? asked.data?.items,
    error: pushed ? null : asked.error,
    refetch: asked.refetch,
  }
}

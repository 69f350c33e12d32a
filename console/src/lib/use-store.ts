import { useQuery } from '@tanstack/react-query'
import { fetchStore } from '@/api/store'

const EVERY_MS = 5_000

/** The state of the store; its gauges have no event of their own. */
export const useStore = () =>
  useQuery({
    queryKey: ['store'],
    queryFn: ({ signal }) => fetchStore(signal),
    refetchInterval: EVERY_MS,
  })

import { useQuery } from '@tanstack/react-query'
import { fetchHealth } from '@/api/health'

const EVERY_MS = 15_000

/** The health of each part. It is the one thing that is asked for again and again: it must also
 * be seen when what pushes is the part that failed. */
export const useHealth = () =>
  useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => fetchHealth(signal),
    refetchInterval: EVERY_MS,
  })

import { useQuery } from '@tanstack/react-query'
import { fetchStore } from '@/api/store'
import { useLiveRefresh } from './live-refresh'

const KEY = ['store']

/** The state of the store, read again when there are new commits. */
export function useStore() {
  useLiveRefresh(KEY)
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchStore(signal) })
}

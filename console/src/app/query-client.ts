import { QueryClient } from '@tanstack/react-query'
import { isProblem } from '@/api/problem'
import { onReconnect } from '@/lib/live'

const RETRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // An answer of the server is an answer: only what could not be reached is tried again.
      retry: (failures, error) => failures < RETRIES && isProblem(error) && error.status === 0,
      retryDelay: attempt => 400 * 2 ** attempt,
      // A server on this machine is reachable without any network.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

// What is on the screen may have missed changes while the connection was lost.
onReconnect(() => void queryClient.invalidateQueries())

import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Takes what was pushed as the latest. A question that is on its way is given up: its answer may
 * be older, and would stay, because the server pushes nothing twice.
 */
export function keepPushed<T>(client: QueryClient, key: QueryKey, data: T) {
  void client.cancelQueries({ queryKey: key, exact: true })
  client.setQueryData(key, data)
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { liveOverview, subscribeLive } from './live'

const EVERY_MS = 4_000

/**
 * Asks again for what cannot be pushed, because it depends on what somebody typed: while commits
 * happen, at most every four seconds, and not at all else.
 */
export function useLiveRefresh(key: readonly string[]) {
  const client = useQueryClient()
  const name = key.join(' ')
  useEffect(() => {
    let position = liveOverview()?.position
    let last = 0
    return subscribeLive(() => {
      const now = Date.now()
      const newest = liveOverview()?.position
      if (newest === position || now - last < EVERY_MS) return
      position = newest
      last = now
      void client.invalidateQueries({ queryKey: name.split(' ') })
    })
  }, [client, name])
}

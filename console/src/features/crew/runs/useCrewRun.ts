import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type CrewRun, crewRunStreamUrl, fetchCrewRun } from '@/api/crew'
import { keepPushed } from '@/lib/keep-pushed'
import { openStream } from '@/lib/stream'

export const runKey = (id: string) => ['crew', 'run', id]

/** One run, kept current by its stream. */
export function useCrewRun(id: string) {
  const client = useQueryClient()
  const run = useQuery({
    queryKey: runKey(id),
    queryFn: ({ signal }) => fetchCrewRun(id, signal),
  })
  const found = run.data !== undefined
  useEffect(() => {
    if (!found) return
    return openStream(crewRunStreamUrl(id), {
      onEvent: (event, data) => {
        if (event === 'run') keepPushed(client, runKey(id), data as CrewRun)
      },
    })
  }, [id, found, client])
  return run
}

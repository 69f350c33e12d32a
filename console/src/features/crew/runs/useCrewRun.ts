import { crewRunStreamUrl, fetchCrewRun } from '@/api/crew'
import { useFollowed } from '@/lib/use-followed'

export const runKey = (id: string) => ['crew', 'run', id]

/** One run, kept current by its stream. */
export const useCrewRun = (id: string) =>
  useFollowed({
    key: runKey(id),
    fetch: signal => fetchCrewRun(id, signal),
    url: crewRunStreamUrl(id),
    event: 'run',
  })

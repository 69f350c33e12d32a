import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Wire } from '@/api/client'
import { draftOf } from '@/api/draft-shapes'
import { draftStreamUrl, fetchDraft } from '@/api/drafts'
import type { Draft, DraftProgress, DraftState } from '@/api/types'
import { openStream } from '@/lib/stream'

export const isMade = (state: DraftState): boolean => state !== 'waiting' && state !== 'building'

/** A draft with how far it is, kept current by its stream while it is made. */
export function useDraft(name: string) {
  const client = useQueryClient()
  const [progress, setProgress] = useState<DraftProgress | null>(null)
  const [seen] = useState(() => new Set<string>())
  const query = useQuery({
    queryKey: ['drafts', name],
    queryFn: ({ signal }) => fetchDraft(name, signal),
  })
  const open = query.data !== undefined && !isMade(query.data.state)

  useEffect(() => {
    if (!open) return
    return openStream(draftStreamUrl(name), {
      isLast: (event, data) =>
        event === 'draft' && isMade(draftOf(data as Wire['DraftView']).state),
      onEvent: (event, data) => {
        if (event === 'progress') {
          const next = data as DraftProgress
          for (const file of next.running) if (file.phase !== 'waiting') seen.add(file.url)
          setProgress(next)
        }
        if (event === 'draft') {
          client.setQueryData<Draft>(['drafts', name], draftOf(data as Wire['DraftView']))
          void client.invalidateQueries({ queryKey: ['drafts', name, 'files'] })
        }
      },
    })
  }, [name, open, client, seen])

  return { ...query, seen, progress: open ? (progress ?? query.data?.progress ?? null) : null }
}

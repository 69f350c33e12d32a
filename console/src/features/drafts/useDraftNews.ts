import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { DRAFT_TASK } from '@/api/drafts'
import { changeOf, type WireChange } from '@/api/task-shapes'
import { tasksStreamUrl } from '@/api/tasks'
import { openStream } from '@/lib/stream'

const SETTLE_MS = 400

/** Reads the drafts again when one of their tasks has changed. */
export function useDraftNews() {
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const states = new Map<string, string>()
    const reload = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: ['drafts'] })
      }, SETTLE_MS)
    }
    const close = openStream(tasksStreamUrl({ type: DRAFT_TASK }), {
      onEvent: (event, data) => {
        if (event === 'missed') reload()
        if (event !== 'task') return
        const { id, state } = changeOf(data as WireChange)
        if (states.get(id) !== state) reload()
        states.set(id, state)
      },
      onReopen: reload,
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [client])
}

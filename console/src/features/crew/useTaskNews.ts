import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { tasksStreamUrl } from '@/api/tasks'
import { openStream } from '@/lib/stream'

const SETTLE_MS = 300

/** Has what was read under the key read again when a task of the type has changed. */
export function useTaskNews(type: string, key: QueryKey) {
  const client = useQueryClient()
  const name = JSON.stringify(key)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const reload = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: JSON.parse(name) as QueryKey })
      }, SETTLE_MS)
    }
    const close = openStream(tasksStreamUrl({ type }), {
      onEvent: event => {
        if (event === 'task' || event === 'missed') reload()
      },
      onReopen: reload,
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [client, type, name])
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { listTasks, tasksStreamUrl } from '@/api/tasks'
import type { Task } from '@/api/types'
import { openStream } from '@/lib/stream'

const SHOWN = 8
const BATCH_MS = 300

type Kind = 'running' | 'dead'
const keyOf = (state: Kind) => ['recent', state] as const

function useRecent(state: Kind) {
  return useQuery({
    queryKey: keyOf(state),
    queryFn: async ({ signal }) =>
      (await listTasks({ state: [state] }, { limit: SHOWN }, signal)).items,
  })
}

/** The tasks that run and the last that died, moved along by the stream of changes. */
export function useRecentTasks() {
  const client = useQueryClient()
  const running = useRecent('running')
  const dead = useRecent('dead')

  useEffect(() => {
    let waiting: Task[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      const tasks = waiting
      waiting = []
      for (const state of ['running', 'dead'] as const) {
        client.setQueryData<Task[]>(keyOf(state), shown => shown && moved(shown, tasks, state))
      }
    }
    const close = openStream(tasksStreamUrl({}), {
      onEvent: (event, data) => {
        if (event !== 'task') return
        waiting.push(data as Task)
        timer ??= setTimeout(flush, BATCH_MS)
      },
      onReopen: () => void client.invalidateQueries({ queryKey: ['recent'] }),
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [client])

  return {
    running: running.data,
    dead: dead.data,
    error: running.error ?? dead.error,
    retry: () => void Promise.all([running.refetch(), dead.refetch()]),
  }
}

/** A short list after some tasks changed: those in the state, the newest first. */
export function moved(shown: readonly Task[], changed: readonly Task[], state: Kind): Task[] {
  const byId = new Map(shown.map(task => [task.id, task]))
  for (const task of changed) {
    if (task.state === state) byId.set(task.id, task)
    else byId.delete(task.id)
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, SHOWN)
}

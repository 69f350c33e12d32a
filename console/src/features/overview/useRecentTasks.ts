import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { changeOf, type WireChange } from '@/api/task-shapes'
import { listTasks, tasksStreamUrl } from '@/api/tasks'
import type { Task, TaskChange } from '@/api/types'
import { openStream } from '@/lib/stream'
import { appeared, changed } from '@/lib/task/change'

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
    let waiting: TaskChange[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      const changes = waiting
      waiting = []
      for (const state of ['running', 'dead'] as const) {
        client.setQueryData<Task[]>(keyOf(state), shown => shown && moved(shown, changes, state))
      }
    }
    const reload = () => void client.invalidateQueries({ queryKey: ['recent'] })
    const close = openStream(tasksStreamUrl({}), {
      onEvent: (event, data) => {
        if (event === 'missed') reload()
        if (event !== 'task') return
        waiting.push(changeOf(data as WireChange))
        timer ??= setTimeout(flush, BATCH_MS)
      },
      onReopen: reload,
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
export function moved(shown: readonly Task[], changes: readonly TaskChange[], state: Kind): Task[] {
  const byId = new Map(shown.map(task => [task.id, task]))
  for (const change of changes) {
    const before = byId.get(change.id)
    if (change.state !== state) byId.delete(change.id)
    else byId.set(change.id, before ? changed(before, change) : appeared(change))
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, SHOWN)
}

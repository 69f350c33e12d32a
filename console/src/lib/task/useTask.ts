import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { fetchTask, taskStreamUrl } from '@/api/tasks'
import type { Progress, Step, TaskDetail } from '@/api/types'
import { openStream } from '../stream'
import { isFinal } from './states'

export const taskKey = (id: string) => ['task', id] as const

/** One task, kept current by its stream. */
export function useTask(id: string | undefined, onLog?: (data: unknown) => void) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: taskKey(id ?? ''),
    queryFn: ({ signal }) => fetchTask(id ?? '', signal),
    enabled: Boolean(id),
  })
  const final = query.data ? isFinal(query.data.state) : false
  const found = query.data !== undefined

  useEffect(() => {
    if (!id || !found || final) return
    const reload = () => void client.invalidateQueries({ queryKey: taskKey(id) })
    const patch = (change: (task: TaskDetail) => TaskDetail) =>
      client.setQueryData<TaskDetail>(taskKey(id), task => task && change(task))
    return openStream(taskStreamUrl(id), {
      onReopen: reload,
      onEvent: (event, data) => {
        if (event === 'log') onLog?.(data)
        else if (event === 'progress') patch(task => ({ ...task, progress: data as Progress }))
        else if (event === 'step') patch(task => withStep(task, data as Step))
        else if (event === 'state') {
          patch(task => ({ ...task, ...(data as Partial<TaskDetail>) }))
          // The event is short: attempts and result come with the whole task.
          reload()
        }
      },
    })
  }, [id, found, final, client, onLog])

  return query
}

function withStep(task: TaskDetail, step: Step): TaskDetail {
  const steps = task.steps ?? []
  const at = steps.findIndex(each => each.name === step.name)
  return { ...task, steps: at < 0 ? [...steps, step] : steps.with(at, { ...steps[at], ...step }) }
}

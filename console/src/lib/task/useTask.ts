import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Wire } from '@/api/client'
import { changeOf, detailOf, stepOf, taskOf, type WireChange } from '@/api/task-shapes'
import { fetchTask, taskStreamUrl } from '@/api/tasks'
import type { LogLine, Step, TaskDetail } from '@/api/types'
import { openStream } from '../stream'
import { changed } from './change'
import { isFinal } from './states'

/** The oldest lines give way: a page is no place for an endless log. */
const LINES = 20_000
const BATCH_MS = 120

export const taskKey = (id: string) => ['task', id] as const

interface Options {
  /** Called when the state has changed. */
  onChange?: () => void
}

/**
 * One task with its log, kept current by its stream. The stream begins with everything there is and
 * ends with the task; one that is driven again has a new stream.
 */
export function useTask(id: string | undefined, { onChange }: Options = {}) {
  const client = useQueryClient()
  const [lines, setLines] = useState<LogLine[]>([])
  const [ended, setEnded] = useState(false)
  const notify = useRef(onChange)
  notify.current = onChange
  const query = useQuery({
    queryKey: taskKey(id ?? ''),
    queryFn: ({ signal }) => fetchTask(id ?? '', signal),
    enabled: Boolean(id),
    placeholderData: previous => (previous?.id === id ? previous : undefined),
  })
  const found = query.data !== undefined
  const again = ended && query.data !== undefined && !isFinal(query.data.state)
  useEffect(() => {
    if (again) setEnded(false)
  }, [again])

  useEffect(() => {
    if (!id || !found || ended) return
    const patch = (change: (task: TaskDetail) => TaskDetail) =>
      client.setQueryData<TaskDetail>(taskKey(id), task => task && change(task))
    const log = new Batch(added => setLines(shown => [...shown, ...added].slice(-LINES)))
    setLines([])
    const close = openStream(taskStreamUrl(id), {
      isLast: event => event === 'end',
      onReopen: () => void client.invalidateQueries({ queryKey: taskKey(id) }),
      onEvent: (event, data) => {
        if (event === 'log') log.add(data as LogLine)
        else if (event === 'step') patch(task => withStep(task, stepOf(data as Wire['StepItem'])))
        else if (event === 'progress') {
          patch(task => ({ ...task, ...changed(task, changeOf(data as WireChange)) }))
        } else if (event === 'state') {
          const before = client.getQueryData<TaskDetail>(taskKey(id))?.state
          patch(task => ({ ...task, ...taskOf(data as Wire['TaskItem']) }))
          if (before !== taskOf(data as Wire['TaskItem']).state) {
            // The attempt that ended comes with the whole task.
            void client.invalidateQueries({ queryKey: taskKey(id) })
            notify.current?.()
          }
        } else if (event === 'end') {
          client.setQueryData<TaskDetail>(taskKey(id), detailOf(data as Wire['TaskDetail']))
          log.flush()
          setEnded(true)
          notify.current?.()
        }
      },
    })
    return () => {
      log.flush()
      close()
    }
  }, [id, found, ended, client])

  return { task: query.data, error: query.error, refetch: query.refetch, lines }
}

function withStep(task: TaskDetail, step: Step): TaskDetail {
  const steps = task.steps ?? []
  const at = steps.findIndex(each => each.name === step.name)
  return { ...task, steps: at < 0 ? [...steps, step] : steps.with(at, step) }
}

/** Collects what comes quickly, so that a page renders it some times a second. */
class Batch {
  private waiting: LogLine[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly take: (lines: LogLine[]) => void) {}

  add(line: LogLine) {
    this.waiting.push(line)
    this.timer ??= setTimeout(() => this.flush(), BATCH_MS)
  }

  flush() {
    clearTimeout(this.timer)
    this.timer = undefined
    const lines = this.waiting
    this.waiting = []
    if (lines.length) this.take(lines)
  }
}

export const TOPICS = [
  'queues',
  'store',
  'statements',
  'slow',
  'followers',
  'schedules',
  'batches',
  'workflows',
  'approvals',
  'pools',
  'limits',
  'errors',
  'adaptive',
  'tenants',
  'quiet',
] as const
export type Topic = (typeof TOPICS)[number]

type Listener = (data: unknown) => void

/** Pages come and go together: one change for all of them. */
const SETTLE_MS = 40

/** Who wants what pushed. Tells when the stream must be another one. */
export class Topics {
  private readonly listeners = new Map<Topic, Set<Listener>>()
  private readonly latest = new Map<Topic, unknown>()
  private opened = ''
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly onChange: () => void) {}

  /** What the stream is to be opened with. */
  names(): Topic[] {
    const names = TOPICS.filter(topic => this.listeners.get(topic)?.size)
    this.opened = names.join()
    return names
  }

  /** Has a topic pushed until the returned function is called. */
  readonly want = (topic: Topic, listener: Listener): (() => void) => {
    const all = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, all)
    all.add(listener)
    if (all.size > 1 && this.latest.has(topic)) listener(this.latest.get(topic))
    this.settle()
    return () => {
      all.delete(listener)
      if (all.size === 0) this.latest.delete(topic)
      this.settle()
    }
  }

  hear(event: string, data: unknown) {
    const topic = TOPICS.find(each => each === event)
    if (!topic) return
    this.latest.set(topic, data)
    for (const listener of this.listeners.get(topic) ?? []) listener(data)
  }

  private settle() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      const wanted = TOPICS.filter(topic => this.listeners.get(topic)?.size).join()
      if (wanted !== this.opened) this.onChange()
    }, SETTLE_MS)
  }
}

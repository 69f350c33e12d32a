import type { Page, Task, TaskChange } from '@/api/types'
import { appeared, changed } from '@/lib/task/change'

export interface ListView {
  rows: readonly Task[]
  /** Came after the list was loaded and waits at the top, so that nothing moves under the reader. */
  fresh: readonly Task[]
  /** More came than is worth holding: showing them means loading the top again. */
  overflow: boolean
  status: 'loading' | 'idle' | 'failed'
  error: unknown
  /** There are older ones on the server. */
  more: boolean
  /** The last pages were empty, and nobody asked to go on looking. */
  tired: boolean
  /** How far back the server has looked for something rare. */
  lookedBackTo: string | null
}

export const FRESH_LIMIT = 500

/** Pages without a row after which a look for something rare waits to be asked. */
export const EMPTY_PAGES = 20

type Looked = Page<Task> & { lookedBackTo?: string | null }

interface Source {
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Looked>
  /** Whether a task that just appeared belongs to this list. */
  belongs: (task: Task) => boolean
}

/**
 * A long list that grows at its end by pages and changes in place. New rows wait until they are
 * asked for. Lives outside of React, because 100,000 rows are not a thing to diff.
 */
export class LiveList {
  private view: ListView = {
    rows: [],
    fresh: [],
    overflow: false,
    status: 'loading',
    error: null,
    more: false,
    tired: false,
    lookedBackTo: null,
  }
  private empty = 0
  private cursor: string | undefined
  private places = new Map<string, number>()
  private listeners = new Set<() => void>()
  private abort: AbortController | null = null
  private started = false

  constructor(private readonly source: Source) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  readonly snapshot = () => this.view

  start() {
    if (this.started) return
    this.started = true
    void this.load()
  }

  /** Loads the next page of older rows; does nothing while one is on its way or none is left. */
  loadMore() {
    if (this.view.status === 'loading' || !this.view.more || this.view.tired) return
    void this.load()
  }

  /** Looks on after pages that held nothing. */
  lookOn() {
    this.empty = 0
    this.set({ tired: false })
    this.loadMore()
  }

  /** Forgets everything and begins at the top. */
  reload() {
    this.abort?.abort()
    this.cursor = undefined
    this.started = true
    this.places.clear()
    this.empty = 0
    this.set({ rows: [], fresh: [], overflow: false, more: false, tired: false })
    void this.load()
  }

  retry() {
    if (this.view.rows.length === 0) this.reload()
    else void this.load()
  }

  /** News of tasks, as the server tells them. */
  hear(changes: readonly TaskChange[]) {
    const latest = new Map<string, Task>()
    for (const change of changes) {
      const before = latest.get(change.id) ?? this.find(change.id)
      latest.set(change.id, before ? changed(before, change) : appeared(change))
    }
    this.take([...latest.values()])
  }

  private find(id: string): Task | undefined {
    const place = this.places.get(id)
    return place === undefined
      ? this.view.fresh.find(task => task.id === id)
      : this.view.rows[place]
  }

  /** Whole rows that changed or appeared. */
  take(tasks: readonly Task[]) {
    const known = tasks.filter(task => this.places.has(task.id))
    const rows = known.length ? this.view.rows.slice() : this.view.rows
    for (const task of known) (rows as Task[])[this.places.get(task.id) ?? 0] = task
    const fresh = new Map(this.view.fresh.map(task => [task.id, task]))
    for (const task of tasks) {
      if (this.places.has(task.id)) continue
      if (fresh.has(task.id) || this.isNew(task)) fresh.set(task.id, task)
    }
    const sorted = [...fresh.values()].sort(newestFirst)
    const overflow = this.view.overflow || sorted.length > FRESH_LIMIT
    const shown = { rows, fresh: sorted.slice(0, FRESH_LIMIT), overflow }
    // Nothing is being read in an empty list, so nothing can move under the reader.
    if (rows.length === 0 && this.view.status === 'idle' && !overflow) {
      this.place(shown.fresh)
      this.set({ rows: shown.fresh, fresh: [] })
    } else {
      this.set(shown)
    }
  }

  /** A task that is there no more. */
  drop(id: string) {
    const without = (rows: readonly Task[]) => rows.filter(task => task.id !== id)
    const rows = without(this.view.rows)
    this.place(rows)
    this.set({ rows, fresh: without(this.view.fresh) })
  }

  /** Puts the waiting rows on top. */
  showFresh() {
    if (this.view.overflow) {
      this.reload()
      return
    }
    const rows = [...this.view.fresh, ...this.view.rows].sort(newestFirst)
    this.place(rows)
    this.set({ rows, fresh: [] })
  }

  /** After a lost connection: takes the newest page as a batch of changes. */
  async catchUp() {
    if (this.view.status === 'failed') {
      this.retry()
      return
    }
    try {
      const page = await this.source.fetchPage(undefined, new AbortController().signal)
      this.take(page.items)
    } catch {
      // The next reconnection tries again.
    }
  }

  private isNew(task: Task): boolean {
    if (!this.source.belongs(task)) return false
    // One that came into the filter late, such as by dying, stands between others. What is older
    // than the last row comes with its page.
    const last = this.view.rows.at(-1)
    return !last || !this.view.more || newestFirst(task, last) < 0
  }

  private async load() {
    const abort = new AbortController()
    this.abort = abort
    this.set({ status: 'loading', error: null })
    try {
      const page = await this.source.fetchPage(this.cursor, abort.signal)
      if (abort.signal.aborted) return
      this.cursor = page.next ?? undefined
      const added = page.items.filter(task => !this.places.has(task.id))
      const rows = [...this.view.rows, ...added]
      this.place(rows)
      const fresh = this.view.fresh.filter(task => !this.places.has(task.id))
      this.empty = added.length ? 0 : this.empty + 1
      const more = page.next !== null
      const tired = more && this.empty >= EMPTY_PAGES
      const lookedBackTo = page.lookedBackTo ?? null
      this.set({ rows, fresh, status: 'idle', more, tired, lookedBackTo })
    } catch (error) {
      if (!abort.signal.aborted) this.set({ status: 'failed', error })
    }
  }

  private place(rows: readonly Task[]) {
    this.places = new Map(rows.map((task, index) => [task.id, index]))
  }

  private set(change: Partial<ListView>) {
    this.view = { ...this.view, ...change }
    for (const listener of this.listeners) listener()
  }
}

/** Ids are UUIDv7: their order is the order of creation. */
function newestFirst(a: Task, b: Task): number {
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

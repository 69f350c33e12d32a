import { describe, expect, it } from 'vitest'
import type { Page, Task, TaskChange } from '@/api/types'
import { EMPTY_PAGES, FRESH_LIMIT, LiveList } from '@/features/tasks/list/live-list'
import { appeared } from '@/lib/task/change'

const idOf = (number: number) =>
  `0193f0c1-${String(number).padStart(4, '0')}-7000-8000-000000000000`

const change = (number: number, state: TaskChange['state'] = 'ready'): TaskChange => ({
  id: idOf(number),
  type: 'mail.send',
  queue: 'mail',
  state,
  attempt: 1,
  at: '2026-11-22T10:00:00Z',
  tags: [],
  progress: null,
  error: null,
  tenant: null,
  key: null,
  batch: null,
})

const task = (number: number, state: TaskChange['state'] = 'ready') =>
  appeared(change(number, state))

/** A source whose pages are answered one by one, by hand. */
function listOver(pages: Page<Task>[], belongs: (task: Task) => boolean = () => true) {
  const asked: (string | undefined)[] = []
  const list = new LiveList({
    belongs,
    fetchPage: async cursor => {
      asked.push(cursor)
      const page = pages[asked.length - 1]
      if (!page) throw new Error('no such page')
      return page
    },
  })
  const settled = () =>
    new Promise<void>(resolve => {
      const check = () => {
        if (list.snapshot().status === 'loading') return
        stop()
        resolve()
      }
      const stop = list.subscribe(check)
      check()
    })
  const ids = () => list.snapshot().rows.map(row => row.id)
  return { list, asked, settled, ids }
}

const page = (from: number, to: number, next: string | null): Page<Task> => ({
  items: Array.from({ length: from - to + 1 }, (_, index) => task(from - index)),
  next,
})

describe('a live list', () => {
  it('offers a task that came into the filter late at its place between the others', async () => {
    const pages = [{ items: [task(9, 'dead'), task(5, 'dead')], next: 'older' }]
    const { list, settled, ids } = listOver(pages, each => each.state === 'dead')
    list.start()
    await settled()
    list.hear([change(7), change(7, 'dead'), change(3, 'dead')])
    expect(list.snapshot().fresh.map(each => each.id)).toEqual([idOf(7)])
    list.showFresh()
    expect(ids()).toEqual([idOf(9), idOf(7), idOf(5)])
  })

  it('stops looking for something rare after empty pages, until it is asked to go on', async () => {
    const nothing = Array.from({ length: EMPTY_PAGES }, () => ({ items: [], next: 'c' }))
    const { list, asked, settled, ids } = listOver([...nothing, page(9, 9, null)])
    list.start()
    for (let i = 0; i < 2 * EMPTY_PAGES; i++) {
      await settled()
      list.loadMore()
    }
    expect(asked.length).toBe(EMPTY_PAGES)
    expect(list.snapshot()).toMatchObject({ more: true, tired: true })
    list.lookOn()
    await settled()
    expect(ids()).toEqual([idOf(9)])
    expect(list.snapshot()).toMatchObject({ more: false, tired: false })
  })

  it('goes on with the cursor of the page before, until there is none', async () => {
    const { list, asked, settled, ids } = listOver([page(9, 7, 'c1'), page(6, 5, null)])
    list.start()
    await settled()
    list.loadMore()
    await settled()
    list.loadMore()
    expect(asked).toEqual([undefined, 'c1'])
    expect(ids()).toEqual([9, 8, 7, 6, 5].map(idOf))
    expect(list.snapshot().more).toBe(false)
  })

  it('changes rows in their place', async () => {
    const { list, settled, ids } = listOver([page(3, 1, null)])
    list.start()
    await settled()
    list.hear([change(2, 'running'), change(2, 'dead')])
    expect(ids()).toEqual([3, 2, 1].map(idOf))
    expect(list.snapshot().rows[1]?.state).toBe('dead')
    expect(list.snapshot().fresh).toEqual([])
  })

  it('lets new rows wait, newest first, until they are asked for', async () => {
    const { list, settled, ids } = listOver([page(3, 1, null)])
    list.start()
    await settled()
    list.hear([change(4), change(5), change(4, 'running')])
    expect(ids()).toEqual([3, 2, 1].map(idOf))
    expect(list.snapshot().fresh.map(row => [row.id, row.state])).toEqual([
      [idOf(5), 'ready'],
      [idOf(4), 'running'],
    ])
    list.showFresh()
    expect(ids()).toEqual([5, 4, 3, 2, 1].map(idOf))
    expect(list.snapshot().fresh).toEqual([])
  })

  it('leaves out what does not belong and what is older than the page shown', async () => {
    const { list, settled } = listOver([page(9, 8, 'c1')], row => row.state === 'dead')
    list.start()
    await settled()
    list.hear([change(10, 'running'), change(2, 'dead')])
    expect(list.snapshot().fresh).toEqual([])
  })

  it('fills an empty list at once', async () => {
    const { list, settled, ids } = listOver([{ items: [], next: null }])
    list.start()
    await settled()
    list.hear([change(1)])
    expect(ids()).toEqual([idOf(1)])
  })

  it('loads the top again when more came than it holds', async () => {
    const { list, settled, ids } = listOver([page(1, 1, null), page(9, 8, null)])
    list.start()
    await settled()
    list.hear(Array.from({ length: FRESH_LIMIT + 1 }, (_, index) => change(index + 2)))
    expect(list.snapshot().overflow).toBe(true)
    list.showFresh()
    await settled()
    expect(ids()).toEqual([9, 8].map(idOf))
    expect(list.snapshot().overflow).toBe(false)
  })

  it('keeps its rows when a later page fails, and tries that page again', async () => {
    const { list, asked, settled, ids } = listOver([page(9, 8, 'c1')])
    list.start()
    await settled()
    list.loadMore()
    await settled()
    expect(list.snapshot().status).toBe('failed')
    expect(ids()).toEqual([9, 8].map(idOf))
    list.retry()
    await settled()
    expect(asked).toEqual([undefined, 'c1', 'c1'])
  })

  it('holds a hundred thousand rows and changes one of them quickly', async () => {
    const { list, settled } = listOver([page(99_999, 1, null)])
    list.start()
    await settled()
    const from = performance.now()
    for (let round = 0; round < 20; round++) list.hear([change(500, 'running')])
    expect(performance.now() - from).toBeLessThan(2000)
  })
})

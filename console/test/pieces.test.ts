import { describe, expect, it, vi } from 'vitest'
import { withRunning } from '@/api/draft-shapes'
import { Problem } from '@/api/problem'
import { progressOf } from '@/api/task-shapes'
import type { DraftFile, DraftProgress, Task, TaskChange } from '@/api/types'
import { nearest, niceTop, piecesOf, spanOf, timeMarks } from '@/components/ui/chart/series'
import { lineOf, rangeOf } from '@/components/ui/editor/pointer'
import { ancestorsOf, findMatches } from '@/components/ui/json/search'
import { parseRecipe } from '@/features/drafts/recipe/useRecipe'
import { type Choice, choicesFor, choicesOf, idsFor } from '@/features/tasks/actions/choices'
import { isTaskId } from '@/lib/ids'
import { appeared, changed } from '@/lib/task/change'
import { Topics } from '@/lib/topics'

describe('the place of a JSON pointer in a text', () => {
  const text = JSON.stringify({ a: { 'b/c': [1, { d: 'x' }] }, e: 'tail' }, null, 2)
  const at = (pointer: string) => {
    const range = rangeOf(text, pointer)
    return range && text.slice(range.from, range.to)
  }

  it('is the value it names', () => {
    expect(at('/a/b~1c/0')).toBe('1')
    expect(at('/a/b~1c/1/d')).toBe('"x"')
    expect(at('/e')).toBe('"tail"')
  })

  it('is the nearest thing around a value that is missing', () => {
    expect(at('/a/b~1c/1/missing/deeper')).toBe('{')
    expect(at('/nothing')).toBe('{')
  })

  it('has a line, and none in a text that holds nothing', () => {
    expect(lineOf(text, rangeOf(text, '/e')?.from ?? 0)).toBe(text.split('\n').length - 1)
    expect(rangeOf('', '/a')).toBeNull()
  })

  it('is found in a text that is broken further down', () => {
    const broken = '{"a": 1, "b": {"c": 2'
    expect(rangeOf(broken, '/b/c')).toEqual({ from: 20, to: 21 })
  })
})

it('reads a recipe, or says in which line it breaks', () => {
  expect(parseRecipe('{"a": 1}')).toEqual({ ok: true, value: { a: 1 } })
  expect(parseRecipe('{\n  "a": 1,\n  b\n}')).toMatchObject({ ok: false, line: 3 })
})

describe('search in a payload', () => {
  const value = { name: 'Ada', list: [{ Name: 'x' }, 'nada'], n: 42 }
  it('finds keys and values and the way to them', () => {
    expect(findMatches(value, 'name')).toEqual(['/name', '/list/0/Name'])
    expect(findMatches(value, 'ada')).toEqual(['/name', '/list/1'])
    expect(findMatches(value, '42')).toEqual(['/n'])
    expect(findMatches(value, ' ')).toEqual([])
    expect(ancestorsOf('/list/0/Name')).toEqual(['', '/list', '/list/0'])
  })
})

describe('chart', () => {
  it('ends its axis at a round number', () => {
    expect([0, 0.3, 3, 11, 26, 99, 1700].map(max => niceTop(max))).toEqual([
      1, 1, 5, 20, 50, 100, 2000,
    ])
  })

  it('marks round moments, a handful of them', () => {
    const from = Date.parse('2026-11-22T10:00:07Z')
    for (const minutes of [1, 3, 10]) {
      const marks = timeMarks(from, from + minutes * 60_000)
      expect(marks.length).toBeGreaterThan(1)
      expect(marks.length).toBeLessThan(8)
      expect(marks.every(mark => mark % 15_000 === 0)).toBe(true)
    }
  })

  it('has a whole middle where whole things are counted', () => {
    expect([0, 1, 4, 5, 9, 23, 999].map(max => niceTop(max, true))).toEqual([
      2, 2, 4, 6, 10, 50, 1000,
    ])
  })

  it('finds the point under the pointer', () => {
    const points = [0, 10, 20, 30].map(at => ({
      ...{ at, submitted: 0, succeeded: 0, failed: 0, running: 0, ready: 0 },
    }))
    expect([-5, 4, 6, 24, 99].map(at => nearest(points, at))).toEqual([0, 0, 1, 2, 3])
  })

  it('draws no line over seconds that nobody knows', () => {
    const at = [0, 1000, 2000, 60_000, 61_000].map(at => ({ at }))
    expect(piecesOf(at).map(piece => piece.length)).toEqual([3, 2])
  })

  it('zooms into a span in either direction, and not into nothing', () => {
    expect(spanOf(90_000, 20_000)).toEqual({ from: 20_000, to: 90_000 })
    expect(spanOf(1_000, 1_500)).toBeNull()
  })
})

describe('news of a task', () => {
  const news = (state: TaskChange['state'], at: string, more: Partial<TaskChange> = {}) => ({
    ...{ id: '0193f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50', type: 't', queue: 'q', attempt: 1 },
    ...{ tags: [], progress: null, error: null, state, at },
    ...{ tenant: null, key: null, batch: null },
    ...more,
  })

  it('know when a new task was made, from its id', () => {
    expect(appeared(news('ready', '2026-11-22T10:00:00Z')).createdAt).toBe(
      new Date(0x0193f0c15d2e).toISOString(),
    )
  })

  it('keep start, end and length right through a run and a second one', () => {
    const ready = appeared(news('ready', '2026-11-22T10:00:00Z'))
    const running = changed(ready, news('running', '2026-11-22T10:00:01Z'))
    expect(running.startedAt).toBe('2026-11-22T10:00:01Z')
    const retrying = changed(running, news('retrying', '2026-11-22T10:00:02Z', { error: 'no' }))
    const again = changed(retrying, news('running', '2026-11-22T10:00:05Z', { attempt: 2 }))
    expect([again.startedAt, again.error]).toEqual(['2026-11-22T10:00:05Z', 'no'])
    const done = changed(again, news('succeeded', '2026-11-22T10:00:07Z', { attempt: 2 }))
    expect([done.durationMs, done.error, done.progress]).toEqual([2000, null, null])
  })

  it('take an unknown total as unknown', () => {
    expect(progressOf({ done: 3, total: 0 })).toEqual({
      done: 3,
      total: null,
      message: null,
    })
  })
})

describe('actions on many tasks', () => {
  const inState = (state: TaskChange['state'], id: string) => ({ id, state }) as Task
  const tasks = [inState('dead', 'a'), inState('cancelled', 'b'), inState('running', 'c')]
  const shown = (choices: Choice[]) => choices.map(({ verb, amount }) => [verb, amount.count])

  it('count only the tasks they apply to', () => {
    expect(shown(choicesOf(tasks))).toEqual([
      ['redrive', 1],
      ['retry', 2],
      ['cancel', 1],
      ['discard', 1],
      ['delete', 2],
    ])
    expect(idsFor('retry', tasks)).toEqual(['a', 'b'])
  })

  it('are offered once where two would do the same', () => {
    expect(shown(choicesOf([inState('dead', 'a')]))).toEqual([
      ['redrive', 1],
      ['cancel', 0],
      ['discard', 1],
      ['delete', 1],
    ])
    expect(shown(choicesOf([inState('scheduled', 'a')]))).toEqual([
      ['retry', 1],
      ['cancel', 1],
    ])
  })

  it('on all that match count the states that are asked for, and say when there are more', () => {
    const states = [
      { value: 'dead', count: 10_000, capped: true },
      { value: 'scheduled', count: 7, capped: false },
      { value: 'succeeded', count: 500, capped: false },
    ]
    expect(choicesFor(states, [])).toMatchObject([
      { verb: 'redrive', amount: { count: 10_000, capped: true } },
      { verb: 'retry', amount: { count: 10_007, capped: true } },
      { verb: 'cancel', amount: { count: 7, capped: false } },
      { verb: 'discard', amount: { count: 10_000, capped: true } },
      { verb: 'delete', amount: { count: 10_500, capped: true } },
    ])
    expect(shown(choicesFor(states, ['scheduled']))).toEqual([
      ['retry', 7],
      ['cancel', 7],
    ])
  })
})

describe('what pages want pushed', () => {
  it('is asked for together, and given up when nobody looks', () => {
    vi.useFakeTimers()
    const opened: string[][] = []
    const topics: Topics = new Topics(() => opened.push(topics.names()))
    const heard: unknown[] = []
    const first = topics.want('queues', data => heard.push(data))
    const second = topics.want('store', () => undefined)
    vi.runAllTimers()
    topics.hear('queues', 'q1')
    const third = topics.want('queues', data => heard.push(data))
    vi.runAllTimers()
    expect(heard, 'who comes later is told at once').toEqual(['q1', 'q1'])
    first()
    second()
    third()
    vi.runAllTimers()
    expect(opened).toEqual([['queues', 'store'], []])
    vi.useRealTimers()
  })
})

it('reads a problem out of any answer', () => {
  expect(Problem.of(404, { code: 'task-not-found', title: 'No', errors: [] })).toMatchObject({
    status: 404,
    code: 'task-not-found',
    title: 'No',
    remedy: null,
  })
  expect(Problem.of(502, '<html>')).toMatchObject({ code: 'http-502', title: 'HTTP 502' })
})

it('knows a task id when it sees one', () => {
  expect(isTaskId(' 0193F0C1-5d2e-7c3a-8f00-5b1d2c3e4f50 ')).toBe(true)
  expect(isTaskId('0193f0c1')).toBe(false)
})

it('shows files under way as the stream tells them', () => {
  const file = (key: string, state: DraftFile['state']): DraftFile => ({
    ...{ key, name: key, url: `https://e/${key}`, state },
    ...{ bytes: null, total: null, kind: null, error: null },
  })
  const progress = {
    running: [
      { url: 'https://e/a', phase: 'active', bytes: 5, totalBytes: -1 },
      { url: 'https://e/b', phase: 'active', bytes: 7, totalBytes: 9 },
    ],
  } as DraftProgress
  const files = [file('a', 'waiting'), file('b', 'complete'), file('c', 'waiting')]
  const shown = withRunning(files, progress)
  const past = { running: [], failed: 0 } as unknown as DraftProgress
  const seen = new Set(['https://e/a'])
  const later = (now: DraftProgress) => withRunning(files, now, seen).map(each => each.state)
  expect(later(past)).toEqual(['complete', 'complete', 'waiting'])
  expect(later({ ...past, failed: 1 })).toEqual(['waiting', 'complete', 'waiting'])
  expect(shown.map(each => [each.state, each.bytes, each.total])).toEqual([
    ['active', 5, null],
    ['complete', null, null],
    ['waiting', null, null],
  ])
})

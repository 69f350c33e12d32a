import { describe, expect, it } from 'vitest'
import type { Task } from '@/api/types'
import { parseSearch, stringifySearch } from '@/app/search-params'
import { filtersFrom, isFiltered, matches, searchOf, toggleState } from '@/features/tasks/filters'

const roundTrip = (address: string) => stringifySearch(searchOf(filtersFrom(parseSearch(address))))

describe('filters in the address', () => {
  it('come back as they went in', () => {
    const address = '?state=retrying,dead&queue=mail&type=mail.send&tag=nightly&q=4f50'
    expect(roundTrip(address)).toBe(address)
  })

  it('survive Chinese, spaces and signs', () => {
    const filters = { states: [], queue: '图片处理', tag: 'a&b=c d', q: '100%' }
    expect(filtersFrom(parseSearch(stringifySearch(searchOf(filters))))).toMatchObject(filters)
  })

  it('have one address for one selection', () => {
    expect(roundTrip('?state=dead,retrying')).toBe(roundTrip('?state=retrying,dead'))
  })

  it('drop what is unknown or empty', () => {
    expect(roundTrip('?state=dead,sleeping&queue=&colour=red')).toBe('?state=dead')
    expect(roundTrip('')).toBe('')
    expect(isFiltered(filtersFrom({}))).toBe(false)
  })

  it('toggle a state', () => {
    const one = toggleState({ states: [] }, 'dead')
    expect(one.states).toEqual(['dead'])
    expect(toggleState(one, 'dead').states).toEqual([])
  })
})

describe('matching', () => {
  const task = {
    id: '0193f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50',
    type: 'mail.send',
    queue: 'mail',
    state: 'dead',
    tags: ['nightly'],
    uniqueKey: 'order-7',
    error: 'The mailbox is full',
  } as unknown as Task

  it('takes all given filters together', () => {
    expect(matches(task, { states: [] })).toBe(true)
    expect(matches(task, { states: ['dead', 'running'], queue: 'mail' })).toBe(true)
    expect(matches(task, { states: ['running'], queue: 'mail' })).toBe(false)
    expect(matches(task, { states: [], tag: 'daily' })).toBe(false)
  })

  it('finds text where the server finds it, whatever its case', () => {
    const find = (q: string) => matches(task, { states: [], q })
    for (const q of ['0193F0C1-5', '3E4F50', 'send', 'NIGHT', 'order-7', ' mail ', 'full']) {
      expect(find(q), q).toBe(true)
    }
    // Neither the middle of an id nor a few characters of its end.
    for (const q of ['report', '5d2e-7c3a', '4f50']) expect(find(q), q).toBe(false)
  })
})

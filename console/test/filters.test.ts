import { describe, expect, it } from 'vitest'
import type { Task } from '@/api/types'
import { parseSearch, stringifySearch } from '@/app/search-params'
import {
  filtersFrom,
  isFiltered,
  matchesQuery,
  matchesText,
  searchOf,
  toggleState,
} from '@/features/tasks/filters'

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
  } as unknown as Task

  it('takes all given filters together', () => {
    expect(matchesQuery(task, { states: [] })).toBe(true)
    expect(matchesQuery(task, { states: ['dead', 'running'], queue: 'mail' })).toBe(true)
    expect(matchesQuery(task, { states: ['running'], queue: 'mail' })).toBe(false)
    expect(matchesQuery(task, { states: [], tag: 'daily' })).toBe(false)
  })

  it('finds text in id, type, tag and key, whatever its case', () => {
    for (const text of ['3E4F50', 'send', 'NIGHT', 'order-7', ' mail ']) {
      expect(matchesText(task, text), text).toBe(true)
    }
    expect(matchesText(task, 'report')).toBe(false)
    expect(matchesText(task, undefined)).toBe(true)
  })
})

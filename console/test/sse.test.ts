import { describe, expect, it } from 'vitest'
import { SseParser } from '@/lib/sse'

const parse = (...chunks: string[]) => {
  const parser = new SseParser()
  return chunks.flatMap(chunk => parser.push(chunk))
}

describe('a stream of events', () => {
  it('reads name, data and id', () => {
    expect(parse('id: 7\nevent: step\ndata: {"a":1}\n\n')).toEqual([
      { id: '7', event: 'step', data: '{"a":1}' },
    ])
  })

  it('does not care where the network cuts', () => {
    const text = 'event: log\r\ndata: one\r\ndata: two\r\n\r\nid: 2\ndata: 好\n\n'
    const whole = parse(text)
    for (let cut = 1; cut < text.length; cut++) {
      expect(parse(text.slice(0, cut), text.slice(cut)), `cut at ${cut}`).toEqual(whole)
    }
    expect(whole.map(event => [event.event, event.data])).toEqual([
      ['log', 'one\ntwo'],
      ['message', '好'],
    ])
  })

  it('keeps silent about heartbeats, retry times and unfinished events', () => {
    expect(parse(':\n\n', 'retry: 1000\n\n', 'data: half')).toEqual([])
  })

  it('remembers the last id for events without one', () => {
    expect(parse('id: 3\ndata: a\n\ndata: b\n\n').map(event => event.id)).toEqual(['3', '3'])
  })
})

/** One event of a stream of server-sent events. */
export interface SseEvent {
  event: string
  data: string
  id: string | null
}

/** Cuts the text of a stream into events, however the network cut it into chunks. */
export class SseParser {
  private rest = ''
  private event = ''
  private data: string[] = []
  private lastId: string | null = null

  push(chunk: string): SseEvent[] {
    const events: SseEvent[] = []
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    for (const line of lines) {
      const event = this.line(line)
      if (event) events.push(event)
    }
    return events
  }

  private line(line: string): SseEvent | null {
    if (line === '') return this.dispatch()
    if (line.startsWith(':')) return null
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.event = value
    else if (field === 'data') this.data.push(value)
    else if (field === 'id') this.lastId = value
    return null
  }

  private dispatch(): SseEvent | null {
    const event = this.event || 'message'
    const data = this.data
    this.event = ''
    this.data = []
    return data.length ? { event, data: data.join('\n'), id: this.lastId } : null
  }
}

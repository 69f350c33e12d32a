import { SseParser } from './sse'

export type StreamState = 'connecting' | 'open' | 'lost'

export interface StreamHandlers {
  onEvent: (event: string, data: unknown) => void
  onState?: (state: StreamState) => void
  /** Whether the server has said all that it will say: the stream is not opened again. */
  isLast?: (event: string, data: unknown) => boolean
  /** After a gap that the server could not bridge, the caller loads its data again. */
  onReopen?: () => void
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 8_000
/** The server's heartbeat comes more often: longer silence means a dead connection. */
const SILENCE_MS = 40_000

/**
 * A stream of server-sent events that heals: it opens again with a growing delay and asks for what
 * it missed by Last-Event-ID. It reads through fetch because EventSource can neither send that
 * header on a new connection nor show the problem that the server answered.
 *
 * A hidden page lets go of its connection: a browser allows six to one server, and a few forgotten
 * tabs would otherwise starve the one that is looked at.
 */
export function openStream(url: string, handlers: StreamHandlers): () => void {
  let closed = false
  let ended = false
  let delay = FIRST_DELAY_MS
  let lastId: string | null = null
  let opened = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let abort: AbortController | null = null

  const listen = () => {
    clearTimeout(silence)
    silence = setTimeout(() => abort?.abort(), SILENCE_MS)
  }

  const read = async (body: ReadableStream<Uint8Array>) => {
    const reader = body.pipeThrough(new TextDecoderStream() as never).getReader()
    const parser = new SseParser()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      listen()
      for (const event of parser.push(value as unknown as string)) {
        if (event.id !== null) lastId = event.id
        const data: unknown = JSON.parse(event.data)
        if (handlers.isLast?.(event.event, data)) ended = true
        handlers.onEvent(event.event, data)
      }
    }
  }

  const connect = async () => {
    if (closed || abort || document.hidden) return
    const mine = new AbortController()
    abort = mine
    if (opened === 0) handlers.onState?.('connecting')
    let refused = false
    try {
      listen()
      const headers: Record<string, string> = { Accept: 'text/event-stream' }
      if (lastId !== null) headers['Last-Event-ID'] = lastId
      const response = await fetch(url, { headers, signal: mine.signal, cache: 'no-store' })
      if (!response.ok || !response.body) {
        refused = response.status >= 400 && response.status < 500
        throw new Error(`HTTP ${response.status}`)
      }
      delay = FIRST_DELAY_MS
      opened += 1
      handlers.onState?.('open')
      if (opened > 1) handlers.onReopen?.()
      await read(response.body)
    } catch {
      // Lost or refused: said by the state below, mended by the next attempt.
    }
    clearTimeout(silence)
    if (abort === mine) abort = null
    if (closed || ended || document.hidden) return
    handlers.onState?.('lost')
    // What is refused today is hardly granted in half a second.
    if (refused) delay = LONGEST_DELAY_MS
    timer = setTimeout(connect, delay * (0.75 + Math.random() / 2))
    delay = Math.min(delay * 2, LONGEST_DELAY_MS)
  }

  const onVisibility = () => {
    clearTimeout(timer)
    if (document.hidden) {
      const current = abort
      abort = null
      current?.abort()
    } else if (!ended) {
      delay = FIRST_DELAY_MS
      void connect()
    }
  }

  const onOnline = () => {
    if (abort || ended) return
    clearTimeout(timer)
    delay = FIRST_DELAY_MS
    void connect()
  }

  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('online', onOnline)
  void connect()

  return () => {
    closed = true
    clearTimeout(timer)
    clearTimeout(silence)
    abort?.abort()
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('online', onOnline)
  }
}

import createClient from 'openapi-fetch'
import { Problem } from './problem'

export const API = '/api/v1'

// biome-ignore lint/suspicious/noExplicitAny: paths become typed with the server's document
const client = createClient<any>({ baseUrl: '' })

type Query = Record<string, string | number | boolean | undefined | string[]>

interface Answer {
  data?: unknown
  error?: unknown
  response: Response
}

async function answerOf<T>(call: Promise<Answer>): Promise<T> {
  let answer: Answer
  try {
    answer = await call
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw Problem.unreachable(cause)
  }
  if (!answer.response.ok) throw Problem.of(answer.response.status, answer.error)
  return answer.data as T
}

export const get = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
  // biome-ignore lint/suspicious/noExplicitAny: see above
  answerOf<T>(client.GET(path, { params: { query }, signal } as any))

export const post = <T>(path: string, body?: unknown): Promise<T> =>
  // biome-ignore lint/suspicious/noExplicitAny: see above
  answerOf<T>(client.POST(path, { body } as any))

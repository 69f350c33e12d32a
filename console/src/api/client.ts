import createClient from 'openapi-fetch'
import type { components, paths } from './generated/schema'
import { Problem } from './problem'

export const API = '/api/v1'

/** What the server says a thing looks like. */
export type Wire = components['schemas']

export const client = createClient<paths>({ baseUrl: '' })

interface Call<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer of a call, or the problem that the server named, or that there was no server. */
export async function answerOf<T>(call: Promise<Call<T>>): Promise<T> {
  let answer: Call<T>
  try {
    answer = await call
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw Problem.unreachable(cause)
  }
  if (!answer.response.ok) throw Problem.of(answer.response.status, answer.error)
  return answer.data as T
}

import { API } from './client'
import type { Health } from './health-shapes'
import { Problem } from './problem'

/** How the parts are. The answer of a sick server is a 503 with the same body, and is no error. */
export async function fetchHealth(signal?: AbortSignal): Promise<Health> {
  let response: Response
  try {
    response = await fetch('/health', { signal })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw Problem.unreachable(cause)
  }
  const body = await response.json().catch(() => null)
  if (!Array.isArray(body?.parts)) throw Problem.of(response.status, body)
  return body
}

/** The stream that the console shares, with what its pages want besides the overview. */
export const liveUrl = (topics: readonly string[]) =>
  `${API}/live${topics.length ? `?${topics.map(topic => `topic=${topic}`).join('&')}` : ''}`

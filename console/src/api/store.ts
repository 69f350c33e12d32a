import { answerOf, client, type Wire } from './client'
import { Problem } from './problem'
import type { Follower, Statement, StoreInfo } from './types'

export async function fetchStore(signal?: AbortSignal): Promise<StoreInfo> {
  return answerOf(client.GET('/api/v1/store', { signal }))
}

function statementOf(raw: Wire['StatementItem'], index: number): Statement {
  return {
    key: `${index} ${raw.fingerprint}`,
    sql: raw.fingerprint,
    count: raw.count,
    failures: raw.failures,
    totalMs: raw.totalMs,
    meanMs: raw.averageMs,
    maxMs: raw.longestMs,
    rows: raw.rows,
    lastAt: raw.lastSeen,
    plan: raw.plan ?? null,
    caller: raw.caller ?? null,
    values: raw.arguments ?? null,
  }
}

const SHOWN = 100

export const listStatements = async (
  order: 'top' | 'slow',
  signal?: AbortSignal,
): Promise<Statement[]> => {
  const query = { order, limit: SHOWN }
  const answer = await answerOf(
    client.GET('/api/v1/store/statements', { params: { query }, signal }),
  )
  return answer.items.map(statementOf)
}

export const listFollowers = async (signal?: AbortSignal): Promise<Follower[]> =>
  (await answerOf(client.GET('/api/v1/followers', { signal }))).items.map(
    ({ failure, ...follower }) => ({ ...follower, failure: failure ?? null }),
  )

/** Answers when the copy is whole and verified. */
export const backUp = (file: string) =>
  answerOf(client.POST('/api/v1/store/backup', { body: { file } }))

/** All figures of the process, in the text format of Prometheus. */
export async function fetchMetrics(signal?: AbortSignal): Promise<string> {
  const response = await fetch('/metrics', { signal })
  if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => null))
  return response.text()
}

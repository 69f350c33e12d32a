import { answerOf, client, type Wire } from './client'
import type { Follower, Statement, StoreInfo } from './system-types'

export const storeOf = ({ writer, ...store }: Wire['StoreItem']): StoreInfo => ({
  ...store,
  writer: {
    ...writer,
    group: writer.group ?? null,
    commitMs: writer.commitMs ?? null,
    longestCommitMs: writer.longestCommitMs ?? null,
  },
})

export const fetchStore = async (signal?: AbortSignal): Promise<StoreInfo> =>
  storeOf(await answerOf(client.GET('/api/v1/store', { signal })))

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

/** As many as are pushed. */
const SHOWN = 100

/** A list of statements, as it is answered and as it is pushed. */
export const statementsOf = ({ items }: { items: Wire['StatementItem'][] }): Statement[] =>
  items.map(statementOf)

export const listStatements = async (
  order: 'top' | 'slow',
  signal?: AbortSignal,
): Promise<Statement[]> => {
  const query = { order, limit: SHOWN }
  const answer = await answerOf(
    client.GET('/api/v1/store/statements', { params: { query }, signal }),
  )
  return statementsOf(answer)
}

/** A list of followers, as it is answered and as it is pushed. */
export const followersOf = ({ items }: { items: Wire['FollowerItem'][] }): Follower[] =>
  items.map(({ failure, ...follower }) => ({ ...follower, failure: failure ?? null }))

export const listFollowers = async (signal?: AbortSignal): Promise<Follower[]> =>
  followersOf(await answerOf(client.GET('/api/v1/followers', { signal })))

/** Answers when the copy is whole and verified. */
export const backUp = (file: string) =>
  answerOf(client.POST('/api/v1/store/backup', { body: { file } }))

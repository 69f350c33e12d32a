import { answerOf, client, type Wire } from './client'
import type { Page } from './types'

export type ErrorGroup = Wire['ErrorItem']
export type ErrorDetail = Wire['ErrorDetail']
export const ERROR_STATES = ['dead', 'passed'] as const
export type ErrorState = (typeof ERROR_STATES)[number]

export interface ErrorQuery {
  state?: ErrorState
  type?: string
  text?: string
}

/** A list of error groups, as it is answered and as it is pushed. */
export const errorsOf = (page: {
  items: ErrorGroup[]
  next?: string | null
}): Page<ErrorGroup> => ({ items: page.items, next: page.next ?? null })

export const listErrors = async (query: ErrorQuery, cursor?: string, signal?: AbortSignal) =>
  errorsOf(
    await answerOf(
      client.GET('/api/v1/errors', { params: { query: { ...query, cursor } }, signal }),
    ),
  )

export const fetchError = (fingerprint: string, signal?: AbortSignal): Promise<ErrorDetail> =>
  answerOf(
    client.GET('/api/v1/errors/{fingerprint}', { params: { path: { fingerprint } }, signal }),
  )

/** Answers with the task that does it. */
export const retryErrors = (fingerprint: string) =>
  answerOf(client.POST('/api/v1/errors/{fingerprint}/retry', { params: { path: { fingerprint } } }))

/** Answers with the task that does it. */
export const discardErrors = (fingerprint: string) =>
  answerOf(
    client.POST('/api/v1/errors/{fingerprint}/discard', { params: { path: { fingerprint } } }),
  )

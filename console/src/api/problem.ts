import type { FieldProblem } from './types'

/** What the server answers when it refuses (RFC 9457), as an error that pages can show. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string | null,
    readonly remedy: string | null,
    readonly errors: FieldProblem[],
  ) {
    super(detail ?? title)
    this.name = 'Problem'
  }

  /** The server could not be reached at all. */
  static unreachable(cause: unknown): Problem {
    const detail = cause instanceof Error ? cause.message : null
    return new Problem(0, 'server-unreachable', '', detail, null, [])
  }

  /** Reads a problem out of any answer, also out of one that is no problem document. */
  static of(status: number, body: unknown): Problem {
    const fields =
      typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
    const text = (key: string) => (typeof fields[key] === 'string' ? (fields[key] as string) : null)
    return new Problem(
      status,
      text('code') ?? `http-${status}`,
      text('title') ?? `HTTP ${status}`,
      text('detail'),
      text('remedy'),
      Array.isArray(fields.errors) ? (fields.errors as FieldProblem[]) : [],
    )
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem

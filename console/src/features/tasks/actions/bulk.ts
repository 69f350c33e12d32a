const AT_ONCE = 8

export interface BulkOutcome {
  done: number
  refused: number
  /** Why the first refusal happened; the others are mostly the same. */
  reason: unknown
}

/** Runs an action over many ids, a few at a time; a refusal stops none of the others. */
export async function runBulk(
  ids: readonly string[],
  action: (id: string) => Promise<unknown>,
  onProgress: (finished: number) => void,
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, refused: 0, reason: null }
  let next = 0
  const work = async () => {
    while (next < ids.length) {
      const id = ids[next] as string
      next += 1
      try {
        await action(id)
        outcome.done += 1
      } catch (error) {
        outcome.refused += 1
        outcome.reason ??= error
      }
      onProgress(outcome.done + outcome.refused)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, work))
  return outcome
}

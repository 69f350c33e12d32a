interface Span {
  startedAt?: string | null
  finishedAt?: string | null
}

/** How long it took, in ms; null while it is at work or has not begun. */
export const took = ({ startedAt, finishedAt }: Span): number | null =>
  startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null

/** What somebody opens a run for: the stage where it asks, failed, works, or ended. */
export const foremost = <S extends { startedAt?: string | null }>(
  stages: S[],
  stands: (stage: S) => string,
): S | undefined =>
  stages.find(stage => stands(stage) === 'checking') ??
  stages.find(stage => stands(stage) === 'failed') ??
  stages.find(stage => stands(stage) === 'running') ??
  stages.findLast(stage => stage.startedAt) ??
  stages[0]

/** When the last task of a stage was through; null while one is not, or none began. */
export function workedUntil({ tasks }: { tasks: Span[] }): number | null {
  const ends = tasks.map(task => (task.finishedAt ? Date.parse(task.finishedAt) : null))
  return ends.length && ends.every(end => end !== null) ? Math.max(...(ends as number[])) : null
}

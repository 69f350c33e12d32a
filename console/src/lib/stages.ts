import type { Job, Stage } from '@/api/workflows'

/** How long it took, in ms; null while it is at work or has not begun. */
export const took = ({ startedAt, finishedAt }: Stage | Job): number | null =>
  startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null

/** When the last task of a stage was through; null while one is not, or none began. */
export function workedUntil({ tasks }: Stage): number | null {
  const ends = tasks.map(task => (task.finishedAt ? Date.parse(task.finishedAt) : null))
  return ends.length && ends.every(end => end !== null) ? Math.max(...(ends as number[])) : null
}

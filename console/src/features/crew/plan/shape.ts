import type { Plan } from '@/api/crew'
import type { Bar } from '@/components/ui/graph/Gantt'

const HOUR = 3_600_000

/** When each stage of a plan would be at work, as bars from midnight of no particular day. */
export function barsOf(plan: Plan): Bar[] {
  const ends = new Map<string, number>()
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  const endOf = (id: string): number => {
    const task = tasks.get(id)
    return task ? Math.max(0, ...task.dependsOn.map(endOf)) + task.hours : 0
  }
  return plan.stages.map(stage => {
    const start = Math.max(0, ...stage.dependsOn.map(before => ends.get(before) ?? 0))
    const length = Math.max(0, ...stage.tasks.map(endOf))
    ends.set(stage.name, start + length)
    return {
      name: stage.name,
      status: 'waiting',
      startedAt: new Date(start * HOUR).toISOString(),
      finishedAt: new Date((start + length) * HOUR).toISOString(),
      tasks: [],
    }
  })
}

/** The stages that the critical path of tasks leads through, in its order. */
export function criticalStages(plan: Plan): string[] {
  const stageOf = new Map(plan.tasks.map(task => [task.id, task.stage]))
  const stages = plan.schedule.criticalPath.map(task => stageOf.get(task) ?? '')
  return [...new Set(stages)]
}

export interface Piece {
  text: string
  /** The names of the rules that this text triggered; none for what lies between. */
  rules: string[]
}

/** The request cut into what triggered rules and what lies between. */
export function piecesOf(
  request: string,
  matches: { rule: string; matched: string; at: number }[],
): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const sorted = [...matches].sort((a, b) => a.at - b.at || b.matched.length - a.matched.length)
  for (const { rule, matched, at: begin } of sorted) {
    const last = pieces.at(-1)
    if (begin < at) {
      // It lies within what was marked before.
      if (last && last.rules.length > 0 && !last.rules.includes(rule)) last.rules.push(rule)
      continue
    }
    if (begin > at) pieces.push({ text: request.slice(at, begin), rules: [] })
    at = begin + matched.length
    pieces.push({ text: request.slice(begin, at), rules: [rule] })
  }
  if (at < request.length) pieces.push({ text: request.slice(at), rules: [] })
  return pieces
}

import type { BulkVerb, FacetCount, Task, TaskState } from '@/api/types'

/** The states that an action applies to, as the server has it. */
const FROM: Record<BulkVerb, readonly TaskState[]> = {
  redrive: ['dead'],
  retry: ['dead', 'cancelled', 'scheduled', 'retrying'],
  cancel: ['scheduled', 'waiting', 'ready', 'running', 'retrying'],
  discard: ['dead'],
  delete: ['succeeded', 'dead', 'cancelled'],
}

export interface Choice {
  verb: BulkVerb
  amount: FacetCount
}

const VERBS = Object.keys(FROM) as BulkVerb[]

const only = (verb: BulkVerb, amount: number, capped = false): Choice => ({
  verb,
  amount: { value: verb, count: amount, capped },
})

/** What can be done to picked tasks, with how many each applies to. */
export const choicesOf = (tasks: readonly Task[]): Choice[] =>
  useful(VERBS.map(verb => only(verb, idsFor(verb, tasks).length)))

/** What can be done to all that match, by the counts of their states. */
export function choicesFor(states: readonly FacetCount[], wanted: readonly TaskState[]): Choice[] {
  const shown = states.filter(({ value }) => !wanted.length || wanted.some(each => each === value))
  return useful(
    VERBS.map(verb => {
      const fitting = shown.filter(({ value }) => FROM[verb].some(each => each === value))
      return only(
        verb,
        fitting.reduce((sum, facet) => sum + facet.count, 0),
        fitting.some(facet => facet.capped),
      )
    }),
  )
}

/** The picked tasks that an action applies to. */
export const idsFor = (verb: BulkVerb, tasks: readonly Task[]): string[] =>
  tasks.filter(task => FROM[verb].includes(task.state)).map(task => task.id)

/** Re-driving is offered beside retrying only where the two are not the same, and deleting where something is over. */
function useful(choices: Choice[]): Choice[] {
  const amount = (verb: BulkVerb) => choices.find(choice => choice.verb === verb)?.amount
  const same = amount('redrive')?.count === amount('retry')?.count
  const none = amount('redrive')?.count === 0
  const over = amount('delete')?.count !== 0
  return choices
    .filter(({ verb }) => verb !== 'delete' || over)
    .filter(({ verb }) =>
      same && !none ? verb !== 'retry' : !none || (verb !== 'redrive' && verb !== 'discard'),
    )
}

import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { actOnTasks, MOST_PICKED } from '@/api/tasks'
import type { BulkVerb, FacetCount, Task, TaskFacets } from '@/api/types'
import { Confirm } from '@/components/ui/Confirm'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import { queryOf, type TaskFilters } from '../filters'
import { facetText, sumOf } from '../list/facets'
import { followBulk } from './bulk-runs'
import { type Choice, choicesFor, choicesOf, idsFor } from './choices'
import styles from './SelectionBar.module.css'

interface Props {
  tasks: readonly Task[]
  filters: TaskFilters
  facets: TaskFacets | undefined
  /** All loaded rows are selected, and there are others that match. */
  couldBeAll: boolean
  onClear: () => void
}

const BUTTONS = {
  cancel: 'tasks.bulkCancel',
  retry: 'tasks.bulkRetry',
  redrive: 'tasks.bulkRedrive',
  discard: 'tasks.bulkDiscard',
  delete: 'tasks.bulkDelete',
} as const

const TEXTS = {
  cancel: 'tasks.bulkCancelText',
  retry: 'tasks.bulkRetryText',
  redrive: 'tasks.bulkRetryText',
  discard: 'tasks.bulkDiscardText',
  delete: 'tasks.bulkDeleteText',
} as const

/** What can be done with the selected tasks, or with all that match. A task of the server does it. */
export function SelectionBar({ tasks, filters, facets, couldBeAll, onClear }: Props) {
  const { t } = useWords()
  const words = useProblemWords()
  const [everything, setEverything] = useState(false)
  const [asking, setAsking] = useState<Choice | null>(null)
  const all = everything && couldBeAll && facets !== undefined
  const choices = all ? choicesFor(facets.states, filters.states) : choicesOf(tasks)
  const act = useMutation({
    mutationFn: async (verb: BulkVerb) => {
      if (all) return [await actOnTasks(verb, { filter: queryOf(filters) })]
      const ids = idsFor(verb, tasks)
      const asked = []
      for (let at = 0; at < ids.length; at += MOST_PICKED) {
        asked.push(await actOnTasks(verb, { ids: ids.slice(at, at + MOST_PICKED) }))
      }
      return asked
    },
    onSuccess: (accepted, verb) => {
      for (const { id } of accepted) followBulk({ id, verb })
      onClear()
    },
    onError: error => {
      const { title, detail, remedy } = words(error)
      toast({ kind: 'failed', text: title, detail: remedy ?? detail ?? undefined })
    },
  })
  const matching = facets && sumOf(matchingStates(facets, filters))
  const labelOf = ({ verb, amount }: Choice) => t(BUTTONS[verb], { count: facetText(amount) })
  // Picked one by one, a retry is meant; anything wider or final is asked about first.
  const start = (choice: Choice) =>
    choice.verb === 'cancel' || choice.verb === 'discard' || choice.verb === 'delete' || all
      ? setAsking(choice)
      : act.mutate(choice.verb)

  return (
    <div className={styles.bar} role="toolbar" aria-label={t('tasks.select')}>
      <span className={styles.count}>
        {t('tasks.selected', { count: all && matching ? facetText(matching) : tasks.length })}
      </span>
      {couldBeAll && matching && !all && (
        <Button variant="subtle" onClick={() => setEverything(true)}>
          {t('tasks.selectMatching', { count: facetText(matching) })}
        </Button>
      )}
      {choices.map(choice => (
        <Button
          key={choice.verb}
          variant="default"
          disabled={choice.amount.count === 0}
          loading={act.isPending && act.variables === choice.verb}
          onClick={() => start(choice)}
        >
          {labelOf(choice)}
        </Button>
      ))}
      <Button variant="subtle" onClick={onClear}>
        {t('tasks.clearSelection')}
      </Button>
      <Confirm
        open={asking !== null}
        title={
          asking ? t(`tasks.bulkTitle.${asking.verb}`, { count: facetText(asking.amount) }) : ''
        }
        text={asking ? t(TEXTS[asking.verb]) : ''}
        verb={asking ? labelOf(asking) : ''}
        onClose={() => setAsking(null)}
        onConfirm={() => asking && act.mutate(asking.verb)}
      />
    </div>
  )
}

const matchingStates = ({ states }: TaskFacets, filters: TaskFilters): FacetCount[] =>
  states.filter(
    ({ value }) => !filters.states.length || filters.states.some(state => state === value),
  )

import type { Stage } from '@/api/workflows'
import { Elapsed } from '@/components/ui/Elapsed'
import { RunBadge, TONES } from '@/components/ui/RunBadge'
import { useWords } from '@/i18n'
import { took } from '@/lib/stages'
import { Graph } from './Graph'

interface Props {
  stages: Stage[]
  /** The stages on the longest way. */
  critical: string[]
  selected: string | null
  onSelect: (stage: string) => void
}

/** The stages of a run and what waits for what; a stage is a button. */
export function RunGraph({ stages, critical, selected, onSelect }: Props) {
  const { t } = useWords()
  return (
    <Graph
      nodes={stages.map(stage => ({
        name: stage.name,
        label: stage.title,
        after: stage.after,
        tone: TONES[stage.status],
        line: <RunBadge state={stage.status} />,
        more: stage.startedAt ? (
          <Elapsed ms={took(stage)} since={stage.startedAt} />
        ) : (
          t('workflows.tasksOf', { count: stage.tasks.length })
        ),
      }))}
      critical={critical}
      selected={selected}
      onSelect={onSelect}
    />
  )
}

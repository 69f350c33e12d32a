import type { DraftState, TaskState } from '@/api/types'
import { StateBadge } from '@/components/ui/StateBadge'
import { useWords } from '@/i18n'

/** A draft's state looks like that of a task and has a word of its own. */
const LOOK: Record<DraftState, TaskState> = {
  waiting: 'waiting',
  building: 'running',
  ready: 'succeeded',
  failed: 'dead',
  cancelled: 'cancelled',
}

export function DraftBadge({ state, soft }: { state: DraftState; soft?: boolean }) {
  const { t } = useWords()
  return <StateBadge state={LOOK[state]} word={t(`drafts.state.${state}`)} soft={soft} />
}

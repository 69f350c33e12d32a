import {
  IconArrowBackUp,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react'
import type { TaskState } from '@/api/types'
import type { RunState } from '@/api/workflows'
import { useWords } from '@/i18n'
import { StateBadge } from './StateBadge'

/** Colours are those of tasks: one meaning, one colour. */
export const TONES: Record<RunState, TaskState> = {
  waiting: 'waiting',
  running: 'running',
  checking: 'retrying',
  paused: 'waiting',
  succeeded: 'succeeded',
  skipped: 'cancelled',
  failed: 'dead',
  cancelled: 'cancelled',
  undoing: 'retrying',
  undone: 'cancelled',
}

const ICONS: Partial<Record<RunState, TablerIcon>> = {
  checking: IconUserQuestion,
  paused: IconPlayerPause,
  skipped: IconPlayerSkipForward,
  undoing: IconArrowBackUp,
  undone: IconArrowBackUp,
}

interface Props {
  state: RunState
  compact?: boolean
  soft?: boolean
}

/** Where a run of a workflow, a stage or one of its tasks stands. */
export function RunBadge({ state, compact, soft }: Props) {
  const { t } = useWords()
  return (
    <StateBadge
      state={TONES[state]}
      icon={ICONS[state]}
      word={t(`runState.${state}`)}
      compact={compact}
      soft={soft}
    />
  )
}

import {
  IconAlertTriangle,
  IconArchive,
  IconCircleCheck,
  IconCircleX,
  IconFolderOpen,
  IconGitMerge,
  IconHelpCircle,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react'
import type { CrewRunState, CrewStage, Workspace } from '@/api/crew'
import type { DecisionStatus } from '@/api/crew-decisions'
import type { TaskState } from '@/api/types'
import { StateBadge } from '@/components/ui/StateBadge'
import { useWords } from '@/i18n'

export type CrewState =
  | CrewRunState
  | CrewStage['state']
  | DecisionStatus
  | Workspace['status']
  | 'asked'
  | 'passed'
  | 'warned'

/** Colours are those of tasks: one meaning, one colour. */
const TONES: Record<CrewState, TaskState> = {
  initialized: 'waiting',
  created: 'waiting',
  waiting: 'waiting',
  asked: 'retrying',
  running: 'running',
  checking: 'retrying',
  retrying: 'retrying',
  paused: 'waiting',
  completed: 'succeeded',
  skipped: 'cancelled',
  failed: 'dead',
  cancelled: 'cancelled',
  proposed: 'waiting',
  accepted: 'succeeded',
  rejected: 'dead',
  deprecated: 'cancelled',
  superseded: 'cancelled',
  passed: 'succeeded',
  warned: 'retrying',
  active: 'running',
  merged: 'succeeded',
  archived: 'cancelled',
}

const ICONS: Partial<Record<CrewState, TablerIcon>> = {
  asked: IconUserQuestion,
  warned: IconAlertTriangle,
  checking: IconUserQuestion,
  paused: IconPlayerPause,
  skipped: IconPlayerSkipForward,
  proposed: IconHelpCircle,
  accepted: IconCircleCheck,
  rejected: IconCircleX,
  active: IconFolderOpen,
  merged: IconGitMerge,
  archived: IconArchive,
}

const isState = (text: string): text is CrewState => text in TONES

export const toneOf = (state: string): TaskState => (isState(state) ? TONES[state] : 'waiting')

/** The word of a state that the server names; an unknown one is its own. */
export function useStateWord(): (state: string) => string {
  const { t } = useWords()
  return state => (isState(state) ? t(`crew.state.${state}`) : state)
}

interface Props {
  state: string
  soft?: boolean
}

/** Where a run, a stage, a task, a gate or a decision stands. */
export function CrewBadge({ state, soft }: Props) {
  const word = useStateWord()
  return (
    <StateBadge
      state={toneOf(state)}
      icon={isState(state) ? ICONS[state] : undefined}
      word={word(state)}
      soft={soft}
    />
  )
}

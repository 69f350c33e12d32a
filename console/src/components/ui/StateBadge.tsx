import {
  IconBan,
  IconCalendarClock,
  IconCircleCheck,
  IconCircleDashed,
  IconClockPause,
  IconLoader2,
  IconRefreshAlert,
  IconSkull,
  type TablerIcon,
} from '@tabler/icons-react'
import type { TaskState } from '@/api/types'
import { useWords } from '@/i18n'
import styles from './StateBadge.module.css'

const ICONS: Record<TaskState, TablerIcon> = {
  scheduled: IconCalendarClock,
  waiting: IconClockPause,
  ready: IconCircleDashed,
  running: IconLoader2,
  retrying: IconRefreshAlert,
  succeeded: IconCircleCheck,
  dead: IconSkull,
  cancelled: IconBan,
}

interface Props {
  state: TaskState
  /** Only the icon, where the word stands nearby; the word stays in the title. */
  compact?: boolean
  soft?: boolean
  /** Instead of the word of the state. */
  word?: string
  /** Instead of the icon of the state. */
  icon?: TablerIcon
}

/** A task's state by colour, icon and word, so that no single one has to carry it. */
export function StateBadge({ state, compact, soft, word: other, icon }: Props) {
  const { t } = useWords()
  const Icon = icon ?? ICONS[state] ?? IconCircleDashed
  const word = other ?? t(`state.${state}`)
  return (
    <span
      className={styles.badge}
      data-state={state}
      data-soft={soft || undefined}
      title={compact ? word : undefined}
    >
      <Icon size={15} stroke={1.9} aria-hidden />
      {compact ? <span className="sr-only">{word}</span> : <span>{word}</span>}
    </span>
  )
}

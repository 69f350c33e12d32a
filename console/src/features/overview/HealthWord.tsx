import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
} from '@tabler/icons-react'
import type { Health } from '@/api/health-shapes'
import { useWords } from '@/i18n'
import { useLiveState } from '@/lib/live'
import styles from './OverviewPage.module.css'

const ICONS = { ok: IconCircleCheck, degraded: IconAlertTriangle, failed: IconCircleX } as const
const WORDS = {
  ok: 'overview.allWell',
  degraded: 'overview.degraded',
  failed: 'overview.failed',
} as const

interface Props {
  health: Health | undefined
  unreachable: boolean
}

/** The answer to the first question, as the title of the page. */
export function HealthWord({ health, unreachable }: Props) {
  const { t } = useWords()
  const lost = useLiveState(live => live.state === 'lost')
  const state = lost || unreachable || !health ? 'unknown' : health.status
  const Icon = state === 'unknown' ? IconCircleDashed : ICONS[state]
  const word =
    state === 'unknown'
      ? t(lost || unreachable ? 'overview.unknown' : 'overview.checking')
      : t(WORDS[state])
  return (
    <span className={styles.word} data-state={state}>
      <Icon size={22} stroke={1.8} aria-hidden />
      {word}
    </span>
  )
}

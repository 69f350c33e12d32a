import { Tooltip } from '@mantine/core'
import { useWords } from '@/i18n'
import { type Live, useLive } from '@/lib/live'
import { useNow } from '@/lib/now'
import styles from './LiveDot.module.css'

/** The server speaks each second: three missed words are worth saying. */
const BEHIND_MS = 3_500

type Word = 'connecting' | 'connected' | 'behind' | 'lost'

function stateOf(live: Live, now: number): { word: Word; seconds: number } {
  const silent = live.heardAt === null ? 0 : Math.max(0, now - live.heardAt)
  const seconds = Math.round(silent / 1000)
  if (live.state === 'lost') return { word: 'lost', seconds }
  if (live.state === 'connecting') return { word: 'connecting', seconds }
  return { word: silent > BEHIND_MS ? 'behind' : 'connected', seconds }
}

export function LiveDot() {
  const { t } = useWords()
  const live = useLive()
  const now = useNow()
  const { word, seconds } = stateOf(live, now)
  const label = t(`live.${word}`, { seconds })
  return (
    <Tooltip label={t(`live.${word}Hint`, { seconds })} multiline w={240}>
      <div className={styles.live} data-state={word} role="status" aria-label={label}>
        <span className={styles.dot} />
        <span className={styles.word}>{label}</span>
      </div>
    </Tooltip>
  )
}

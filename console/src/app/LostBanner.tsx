import { IconPlugConnectedX } from '@tabler/icons-react'
import { useWords } from '@/i18n'
import { shortTime } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import { useNow } from '@/lib/now'
import styles from './LostBanner.module.css'

/** Says that what is shown is old, until it is not. */
export function LostBanner() {
  const { t } = useWords()
  const now = useNow()
  const lost = useLiveState(live => live.state === 'lost')
  const heardAt = useLiveState(live => (live.state === 'lost' ? live.heardAt : null))
  if (!lost) return null
  return (
    <div className={styles.banner} role="alert">
      <IconPlugConnectedX size={16} stroke={1.8} aria-hidden />
      <span>
        {heardAt === null
          ? t('live.neverConnected')
          : t('live.shownAsOf', { time: shortTime(new Date(heardAt).toISOString(), now) })}
      </span>
    </div>
  )
}

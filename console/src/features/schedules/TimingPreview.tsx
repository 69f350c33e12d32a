import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isProblem } from '@/api/problem'
import { type Timing, timesOf } from '@/api/schedules'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import styles from './Schedules.module.css'
import { TimeList } from './TimeList'

/** A pause in typing this long asks the server. */
const PAUSE_MS = 250

/** What a rule means while it is typed: the next ten times, or what is wrong with it. */
export function TimingPreview({ timing }: { timing: Timing | null }) {
  const { t } = useWords()
  const words = useProblemWords()
  const typed = JSON.stringify(timing)
  const [asked, setAsked] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const about = JSON.parse(asked) as Timing | null
  const { data, error } = useQuery({
    queryKey: ['times of', asked],
    queryFn: ({ signal }) => timesOf(about as Timing, signal),
    enabled: about !== null,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const first = isProblem(error) ? error.errors[0]?.detail : undefined
  return (
    <div className={styles.preview} aria-live="polite">
      {about && error ? (
        <p className={styles.error}>{first ?? words(error).detail ?? words(error).title}</p>
      ) : about && data ? (
        <>
          <h3>{t('schedules.nextTen')}</h3>
          <TimeList times={data} zone={about.zone} />
        </>
      ) : (
        <p className={styles.quiet}>{t('schedules.noRule')}</p>
      )}
    </div>
  )
}

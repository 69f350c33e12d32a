import { useWords } from '@/i18n'
import { ago, exactTime, shortTime } from '@/lib/format'
import { useNow } from '@/lib/now'

/** A moment: how long ago (or the clock), with the exact local time and zone on hover. */
export function Time({ at, clock }: { at: string | null | undefined; clock?: boolean }) {
  const { language } = useWords()
  const now = useNow()
  return (
    <time dateTime={at ?? undefined} title={exactTime(at)}>
      {clock ? shortTime(at, now) : ago(at, now, language)}
    </time>
  )
}

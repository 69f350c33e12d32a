import { useWords } from '@/i18n'
import { duration } from '@/lib/format'
import { useNow } from '@/lib/now'

interface Props {
  ms: number | null | undefined
  /** Counts on from here while there is no final value yet. */
  since?: string | null
}

export function Elapsed({ ms, since }: Props) {
  const { language } = useWords()
  return ms == null && since ? (
    <Counting since={since} />
  ) : (
    <span title={ms == null ? undefined : `${ms} ms`}>{duration(ms, language)}</span>
  )
}

function Counting({ since }: { since: string }) {
  const { language } = useWords()
  const now = useNow()
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000))
  return <span>{seconds === 0 ? '…' : duration(seconds * 1000, language)}</span>
}

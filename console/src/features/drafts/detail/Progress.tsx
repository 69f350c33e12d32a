import type { DraftProgress } from '@/api/types'
import { ProgressBar } from '@/components/ui/ProgressBar'
import { useWords } from '@/i18n'
import { bytes } from '@/lib/format'
import styles from '../DraftPage.module.css'
import { STAGES } from './Stages'

const WHOLE = 1000

/** How far the whole draft is, by the words of the page. */
export function Progress({ progress }: { progress: DraftProgress }) {
  const { t } = useWords()
  const stage = STAGES.find(each => each === progress.stage)
  const parts = [stage ? t(`drafts.stage.${stage}`) : progress.stage]
  if (stage === 'download') {
    parts.push(t('drafts.filesDone', { done: progress.done, total: progress.files }))
    parts.push(`${bytes(progress.bytesPerSecond)}/s`)
  }
  return (
    <div className={styles.progress}>
      <ProgressBar
        progress={{ done: progress.progress, total: WHOLE, message: parts.join(' · ') }}
        share
      />
    </div>
  )
}

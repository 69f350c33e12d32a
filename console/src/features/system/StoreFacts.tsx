import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { bytes, count, duration, percent, UNKNOWN } from '@/lib/format'
import { useStore } from '@/lib/use-store'
import { FactList } from './FactList'
import styles from './SystemPage.module.css'

export function StoreFacts() {
  const { t, language } = useWords()
  const { data, error, refetch } = useStore()
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={8} />
  const { writer, readers, journal } = data
  return (
    <div className={styles.columns}>
      <Section title={t('system.tabs.store')}>
        <FactList
          facts={[
            [t('system.path'), data.path ?? UNKNOWN, 'mono'],
            [t('system.sync'), data.syncMode ?? UNKNOWN],
            [t('system.fileSize'), bytes(data.fileBytes)],
            [t('system.walSize'), bytes(data.walBytes)],
            [t('system.position'), data.position ?? UNKNOWN, 'mono'],
          ]}
        />
      </Section>
      <Section title={t('system.writer')}>
        <FactList
          facts={[
            [t('system.queued'), count(writer?.queued)],
            [t('system.group'), writer?.groupSize == null ? UNKNOWN : writer.groupSize.toFixed(1)],
            [t('system.busy'), writer?.busyShare == null ? UNKNOWN : percent(writer.busyShare)],
          ]}
        />
      </Section>
      <Section title={t('system.readers')}>
        <FactList
          facts={[
            [t('system.open'), count(readers?.open)],
            [t('system.limit'), count(readers?.limit)],
            [t('system.oldest'), duration(readers?.oldestMs, language)],
          ]}
        />
      </Section>
      <Section title={t('system.journal')}>
        <FactList
          facts={[
            [t('system.events'), count(journal?.events)],
            [t('system.bytes'), bytes(journal?.bytes)],
            [t('system.tabs.followers'), count(data.followers.length)],
          ]}
        />
      </Section>
    </div>
  )
}

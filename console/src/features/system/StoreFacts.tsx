import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { findingText } from '@/lib/finding-words'
import { bytes, count, duration, percent, UNKNOWN } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import { useStore } from '@/lib/use-store'
import { FactList } from './FactList'
import { HealthMark } from './HealthMark'
import styles from './SystemPage.module.css'

export function StoreFacts() {
  const { t, language } = useWords()
  const { data: store, error, refetch } = useStore()
  const machine = useLiveState(live => live.overview?.process)
  if (error && !store) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!store) return <SkeletonRows rows={8} />

  const { writer, readers } = store
  return (
    <div className={styles.columns}>
      <Section title={t('system.tabs.store')}>
        <FactList
          facts={[
            [t('system.stateCol'), <HealthMark key="health" health={store.health} />],
            ...store.findings.map(
              finding => ['', findingText(finding, language)] as [string, string],
            ),
            [t('system.path'), store.file, 'mono'],
            [t('system.fileSize'), bytes(store.bytes)],
            [t('system.walSize'), bytes(store.walBytes)],
            [t('system.position'), store.position, 'mono'],
          ]}
        />
      </Section>
      <Section title={t('system.writer')}>
        <FactList
          facts={[
            [t('system.queued'), count(writer.queued)],
            [t('system.commits'), count(writer.commits)],
            [t('system.group'), writer.group === null ? UNKNOWN : writer.group.toFixed(1)],
            [t('system.commitTime'), duration(writer.commitMs, language)],
            [t('system.longestCommit'), duration(writer.longestCommitMs, language)],
            [t('system.writeFailures'), count(writer.failures)],
          ]}
        />
      </Section>
      <Section title={t('system.readers')}>
        <FactList
          facts={[
            [t('system.busyReaders'), count(readers.busy)],
            [t('system.waitingReads'), count(readers.queued)],
          ]}
        />
      </Section>
      <Section title={t('system.process')}>
        <FactList
          facts={[
            [
              t('system.memory'),
              machine ? `${bytes(machine.heapBytes)} / ${bytes(machine.heapMaxBytes)}` : UNKNOWN,
            ],
            [t('system.cpu'), machine ? percent(machine.cpu) : UNKNOWN],
          ]}
        />
      </Section>
    </div>
  )
}

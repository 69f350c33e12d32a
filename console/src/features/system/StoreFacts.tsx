import { useQuery } from '@tanstack/react-query'
import { fetchMetrics } from '@/api/store'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { bytes, count, duration, percent, UNKNOWN } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import { useLiveRefresh } from '@/lib/live-refresh'
import { readMetrics } from '@/lib/metrics'
import { useStore } from '@/lib/use-store'
import { FactList } from './FactList'
import { HealthMark } from './HealthMark'
import styles from './SystemPage.module.css'

const METRICS = ['metrics']

export function StoreFacts() {
  const { t, language } = useWords()
  const { data: store, error, refetch } = useStore()
  const machine = useLiveState(live => live.overview?.process)
  const metrics = useQuery({
    queryKey: METRICS,
    queryFn: async ({ signal }) => readMetrics(await fetchMetrics(signal)),
  })
  useLiveRefresh(METRICS)
  if (error && !store) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!store) return <SkeletonRows rows={8} />

  const figure = (name: string) => metrics.data?.get(`millrace_store_${name}`)
  const mean = (name: string) => {
    const total = figure(`${name}_count`)
    return total ? (figure(`${name}_sum`) ?? 0) / total : null
  }
  const group = mean('group')
  const commit = mean('commit_seconds')
  const longest = figure('commit_seconds_max')
  return (
    <div className={styles.columns}>
      <Section title={t('system.tabs.store')}>
        <FactList
          facts={[
            [t('system.stateCol'), <HealthMark key="health" health={store.health} />],
            ...store.reasons.map(reason => ['', reason] as [string, string]),
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
            [t('system.queued'), count(figure('queue'))],
            [t('system.commits'), count(figure('commit_seconds_count'))],
            [t('system.group'), group === null ? UNKNOWN : group.toFixed(1)],
            [t('system.commitTime'), duration(commit === null ? null : commit * 1000, language)],
            [
              t('system.longestCommit'),
              duration(longest === undefined ? null : longest * 1000, language),
            ],
            [t('system.writeFailures'), count(figure('write_failures_total'))],
          ]}
        />
      </Section>
      <Section title={t('system.readers')}>
        <FactList
          facts={[
            [t('system.busyReaders'), count(figure('readers_busy'))],
            [t('system.waitingReads'), count(figure('readers_queue'))],
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

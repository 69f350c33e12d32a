import { Link } from '@tanstack/react-router'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { useHealth } from '@/lib/use-health'
import { HealthParts } from './HealthParts'
import { HealthWord } from './HealthWord'
import { OverviewFigures } from './OverviewFigures'
import styles from './OverviewPage.module.css'
import { QueueLines } from './QueueLines'
import { Rates } from './Rates'
import { TaskLines } from './TaskLines'
import { useRecentTasks } from './useRecentTasks'

/** Is all well, what runs, how fast, what failed: answered without a click. */
export function OverviewPage() {
  const { t } = useWords()
  const health = useHealth()
  const { running, dead, error, retry } = useRecentTasks()
  const all = (state: 'running' | 'dead') => (
    <Link to="/tasks" search={{ state }}>
      {t('action.showAll')}
    </Link>
  )
  return (
    <Page
      name={t('parts.overview')}
      title={<HealthWord health={health.data} unreachable={health.error !== null} />}
      figures={<OverviewFigures health={health.data} />}
    >
      <div className={styles.page}>
        <Rates health={health.data} />
        {error ? (
          <div className={styles.whole}>
            <ProblemNote error={error} onRetry={retry} />
          </div>
        ) : (
          <>
            <Section title={t('overview.runningNow')} actions={all('running')}>
              {running ? (
                <TaskLines tasks={running} empty={t('overview.nothingRuns')} />
              ) : (
                <SkeletonRows rows={4} />
              )}
            </Section>
            <Section title={t('overview.lastFailures')} actions={all('dead')}>
              {dead ? (
                <TaskLines tasks={dead} empty={t('overview.noFailures')} />
              ) : (
                <SkeletonRows rows={4} />
              )}
            </Section>
          </>
        )}
        <Section
          title={t('overview.queues')}
          actions={<Link to="/queues">{t('action.showAll')}</Link>}
        >
          <QueueLines />
        </Section>
        <Section title={t('overview.parts')}>
          {health.data ? (
            <HealthParts parts={health.data.parts} />
          ) : health.error ? (
            <ProblemNote error={health.error} onRetry={() => void health.refetch()} />
          ) : (
            <SkeletonRows rows={4} />
          )}
        </Section>
      </div>
    </Page>
  )
}

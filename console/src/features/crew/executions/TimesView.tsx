import { IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { fetchTimes, type Times } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration } from '@/lib/format'
import styles from '../Crew.module.css'
import { useSpoken } from '../useSpoken'
import { PoolBars } from './PoolBars'

const SHARES = ['p50', 'p95', 'p99'] as const

/** Percentiles of how long plans, stages and agents take, and how busy the workers are. */
export function TimesView() {
  const { t, language } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'executions', 'times'],
    queryFn: ({ signal }) => fetchTimes(signal),
  })
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={6} height={38} />
  const { plans, stages, agents } = data
  return (
    <div className={styles.sections}>
      {plans && (
        <Section title={t('crew.timesOfPlans')}>
          <p className={styles.hint}>
            {SHARES.map(share => (
              <span key={share} className={styles.share}>
                {share.toUpperCase()} <b>{duration(plans[share] * 1000, language)}</b>
              </span>
            ))}
            <span className={styles.share}>
              {t('crew.longest')} <b>{duration(plans.longest * 1000, language)}</b>
            </span>
            <span className={styles.share}>
              {t('crew.known')} <b>{count(plans.count)}</b>
            </span>
          </p>
        </Section>
      )}
      {stages.length === 0 && agents.length === 0 && (
        <Empty icon={IconClock} title={t('crew.noTimes')} detail={t('crew.noTimesDetail')} />
      )}
      {stages.length > 0 && (
        <Section title={t('crew.timesOfStages')}>
          <TimesTable rows={stages} title={t('crew.stage')} />
        </Section>
      )}
      {agents.length > 0 && (
        <Section title={t('crew.timesOfAgents')}>
          <TimesTable rows={agents} title={t('crew.colAgent')} />
        </Section>
      )}
      <Section title={t('crew.workers')}>
        <PoolBars />
      </Section>
    </div>
  )
}

function TimesTable({ rows, title }: { rows: Times[]; title: string }) {
  const { t, language } = useWords()
  const spoken = useSpoken()
  const most = Math.max(1e-9, ...rows.map(row => row.p99))
  const columns = useMemo<Column<Times>[]>(
    () => [
      {
        key: 'name',
        title,
        value: row => row.name,
        cell: row => <span title={row.name}>{spoken(row.name)}</span>,
      },
      {
        key: 'bars',
        title: 'P50 · P95 · P99',
        width: '28%',
        rank: 'second',
        cell: row => (
          <span className={styles.shares} aria-hidden="true">
            {SHARES.toReversed().map(share => (
              <i
                key={share}
                data-share={share}
                style={{ width: `${(row[share] / most) * 100}%` }}
              />
            ))}
          </span>
        ),
      },
      ...SHARES.map<Column<Times>>(share => ({
        key: share,
        title: share.toUpperCase(),
        width: '96px',
        phoneWidth: '76px',
        align: 'end',
        rank: share === 'p99' ? 'second' : undefined,
        value: row => row[share],
        cell: row => duration(row[share] * 1000, language),
      })),
      {
        key: 'count',
        title: t('crew.known'),
        width: '76px',
        phoneWidth: '52px',
        align: 'end',
        value: row => row.count,
        cell: row => count(row.count),
      },
    ],
    [t, language, title, most, spoken],
  )
  return <DataTable rows={rows} columns={columns} keyOf={row => row.name} />
}

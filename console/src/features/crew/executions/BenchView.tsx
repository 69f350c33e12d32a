import { Button } from '@mantine/core'
import { IconAlertTriangle, IconGauge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type BenchResult, listBenches, startBench } from '@/api/crew'
import { LineChart } from '@/components/ui/chart/LineChart'
import { niceTop } from '@/components/ui/chart/series'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, UNKNOWN } from '@/lib/format'
import { useAction } from '@/lib/use-action'
import styles from '../Crew.module.css'
import { useTaskNews } from '../useTaskNews'
import { alertsOf } from './alerts'

const KEY = ['crew', 'benches']
const SHARES = ['p50', 'p95', 'p99'] as const
const LINES = [
  { key: 'p50', label: 'P50', colour: 'var(--running)' },
  { key: 'p95', label: 'P95', colour: 'var(--retrying)' },
  { key: 'p99', label: 'P99', colour: 'var(--dead)' },
]

/** How fast this machine makes plans, measured by a task. */
export function BenchView() {
  const { t } = useWords()
  useTaskNews('crew.bench', KEY)
  const act = useAction(KEY)
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => listBenches(signal),
  })
  const columns = useColumns()
  return (
    <div className={styles.detail}>
      <div className={styles.bar}>
        <p className={styles.hint}>{t('crew.benchText')}</p>
        <Button
          variant="default"
          loading={act.isPending}
          leftSection={<IconGauge size={15} stroke={1.8} />}
          onClick={() => act.mutate({ does: startBench, said: t('crew.benchStarted') })}
        >
          {t('crew.benchStart')}
        </Button>
      </div>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={4} height={38} />}
      {data?.length === 0 && <Empty icon={IconGauge} title={t('crew.noBenches')} />}
      {data && data.length > 1 && (
        <LineChart
          title={t('crew.benchChart')}
          points={data.toReversed().map(each => ({
            label: each.at.slice(5, 19).replace('T', ' '),
            values: { p50: each.p50, p95: each.p95, p99: each.p99 },
          }))}
          lines={LINES}
          top={niceTop(Math.max(...data.map(each => each.p99)))}
          format={value => (value === undefined ? UNKNOWN : `${Number(value.toFixed(3))} ms`)}
        />
      )}
      {data && <Alerts results={data} />}
      {data && data.length > 0 && (
        <DataTable rows={data} columns={columns} keyOf={each => `${each.at} ${each.longest}`} />
      )}
    </div>
  )
}

/** What the newest measurement is too slow by, and what to do. */
function Alerts({ results }: { results: BenchResult[] }) {
  const { t } = useWords()
  return alertsOf(results).map(({ kind, usual }) => (
    <p key={kind} className={styles.risk}>
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <span>{t(`crew.${kind}`, { usual: count(Math.round(usual)) })}</span>
    </p>
  ))
}

function useColumns() {
  const { t } = useWords()
  return useMemo<Column<BenchResult>[]>(
    () => [
      { key: 'at', title: t('crew.date'), cell: each => <Time at={each.at} /> },
      {
        key: 'requests',
        title: t('crew.benchPlans'),
        width: '120px',
        align: 'end',
        rank: 'second',
        cell: each => `${count(each.requests)} × ${each.users}`,
      },
      ...SHARES.map<Column<BenchResult>>(share => ({
        key: share,
        title: share.toUpperCase(),
        width: '104px',
        phoneWidth: '76px',
        align: 'end',
        rank: share === 'p99' ? 'second' : undefined,
        cell: each => `${each[share]} ms`,
      })),
      {
        key: 'rate',
        title: t('crew.benchRate'),
        width: '112px',
        phoneWidth: '84px',
        align: 'end',
        cell: each => count(Math.round(each.rate)),
      },
    ],
    [t],
  )
}

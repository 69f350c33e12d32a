import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type Rate, summarizeChecks } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { count, percent } from '@/lib/format'
import styles from '../Crew.module.css'
import { useKnownWords } from '../useKnownWords'

const SHOWN = 6

/** How sync points and gates of runs were decided: where work is stopped, and by which metric. */
export function ChecksView() {
  const { t } = useWords()
  const known = useKnownWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'executions', 'checks'],
    queryFn: ({ signal }) => summarizeChecks(signal),
  })
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={6} height={24} />
  if (data.total === 0) {
    return (
      <Empty icon={IconShieldCheck} title={t('crew.noChecks')} detail={t('crew.noChecksDetail')} />
    )
  }
  return (
    <>
      <p className={styles.hint}>
        {t('crew.checksText', { passed: count(data.passed), total: count(data.total) })}
      </p>
      <div className={styles.countRow}>
        <Rates title={t('crew.byStage')} rates={data.byStage} />
        <Rates
          title={t('crew.byKind')}
          rates={data.byKind}
          words={name => known('gateKinds', name)}
        />
        <Rates title={t('crew.byMetric')} rates={data.byMetric} />
        <Rates title={t('crew.byDay')} rates={data.byDay.slice(-SHOWN)} />
      </div>
    </>
  )
}

interface RatesProps {
  title: string
  rates: Rate[]
  words?: (name: string) => string
}

function Rates({ title, rates, words = name => name }: RatesProps) {
  const { t } = useWords()
  return (
    <div className={styles.counts}>
      <h3>{title}</h3>
      <ul>
        {rates.slice(0, SHOWN).map(({ name, checks, passed }) => (
          <li
            key={name}
            className={styles.rate}
            title={t('crew.rateText', {
              name: words(name),
              passed: count(passed),
              checks: count(checks),
            })}
          >
            <span className={styles.countName}>{words(name)}</span>
            <span className={styles.rateBar} aria-hidden>
              <i style={{ width: `${(passed / checks) * 100}%` }} />
            </span>
            <span className={styles.countNumber}>{percent(passed / checks)}</span>
            <span className={styles.countNumber}>{count(checks)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

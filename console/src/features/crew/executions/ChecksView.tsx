import { IconShieldCheck } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Rate, summarizeChecks } from '@/api/crew'
import { LineChart } from '@/components/ui/chart/LineChart'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { count, percent, UNKNOWN } from '@/lib/format'
import styles from '../Crew.module.css'
import { useKnownWords } from '../useKnownWords'
import { useSpoken } from '../useSpoken'
import { pointsOf } from './days'

const SHOWN = 6
const KEY = ['crew', 'executions', 'checks']

/** How sync points and gates of runs were decided: where work is stopped, and by which metric. */
export function ChecksView() {
  const { t } = useWords()
  const known = useKnownWords()
  const spoken = useSpoken()
  const [stage, setStage] = useState<string>()
  const all = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => summarizeChecks(undefined, signal),
  })
  const ofStage = useQuery({
    queryKey: [...KEY, stage],
    queryFn: ({ signal }) => summarizeChecks(stage, signal),
    enabled: stage !== undefined,
    placeholderData: keepPreviousData,
  })
  if (all.error && !all.data) {
    return <ProblemNote error={all.error} onRetry={() => void all.refetch()} />
  }
  if (!all.data) return <SkeletonRows rows={6} height={24} />
  if (all.data.total === 0) {
    return (
      <Empty icon={IconShieldCheck} title={t('crew.noChecks')} detail={t('crew.noChecksDetail')} />
    )
  }
  const data = (stage !== undefined && ofStage.data) || all.data
  return (
    <>
      <p className={styles.hint}>
        {stage !== undefined && (
          <button type="button" className={styles.chip} onClick={() => setStage(undefined)}>
            {t('crew.ofStage', { stage: spoken(stage) })} ×
          </button>
        )}{' '}
        {t('crew.checksText', { passed: count(data.passed), total: count(data.total) })}
      </p>
      <LineChart
        title={t('crew.passRateTitle')}
        points={pointsOf(data.byDay)}
        lines={[{ key: 'rate', label: t('crew.passRate'), colour: 'var(--succeeded)' }]}
        top={1}
        format={value => (value === undefined ? UNKNOWN : percent(value))}
        weightText={checks => t('crew.checksOf', { count: checks })}
      />
      <div className={`${styles.countRow} ${styles.under}`}>
        <Rates
          title={t('crew.byStage')}
          rates={all.data.byStage}
          words={spoken}
          chosen={stage}
          onChoose={name => setStage(had => (had === name ? undefined : name))}
        />
        <Rates
          title={t('crew.byKind')}
          rates={data.byKind}
          words={name => known('gateKinds', name)}
        />
        <Rates title={t('crew.byMetric')} rates={data.byMetric} />
        <Rates
          title={t('crew.byTemplate')}
          rates={data.byTemplate}
          words={name => (name === 'roles' ? t('crew.byRoles') : name)}
        />
      </div>
    </>
  )
}

interface RatesProps {
  title: string
  rates: Rate[]
  words?: (name: string) => string
  chosen?: string
  onChoose?: (name: string) => void
}

function Rates({ title, rates, words = name => name, chosen, onChoose }: RatesProps) {
  const { t } = useWords()
  return (
    <div className={styles.counts}>
      <h3>{title}</h3>
      <ul>
        {rates.slice(0, SHOWN).map(({ name, checks, passed }) => {
          const text = t('crew.rateText', {
            name: words(name),
            passed: count(passed),
            checks: count(checks),
          })
          const cells = (
            <>
              <span className={styles.countName}>{words(name)}</span>
              <span className={styles.rateBar} aria-hidden>
                <i style={{ width: `${(passed / checks) * 100}%` }} />
              </span>
              <span className={styles.countNumber}>{percent(passed / checks)}</span>
              <span className={styles.countNumber}>{count(checks)}</span>
            </>
          )
          return onChoose ? (
            <li key={name}>
              <button
                type="button"
                className={styles.rate}
                title={text}
                aria-pressed={name === chosen}
                onClick={() => onChoose(name)}
              >
                {cells}
              </button>
            </li>
          ) : (
            <li key={name} className={styles.rate} title={text}>
              {cells}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

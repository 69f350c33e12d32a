import { IconChartLine, IconTable } from '@tabler/icons-react'
import { useState } from 'react'
import { RateChart } from '@/components/ui/chart/RateChart'
import { RateTable } from '@/components/ui/chart/RateTable'
import type { Series } from '@/components/ui/chart/series'
import { Section } from '@/components/ui/Section'
import { useWords } from '@/i18n'
import { useLiveState } from '@/lib/live'
import styles from './Rates.module.css'

const SHORTEST_MS = 60_000
const LONGEST_MS = 600_000

export function Rates() {
  const { t } = useWords()
  const history = useLiveState(live => live.history)
  const known = (history.at(-1)?.at ?? 0) - (history[0]?.at ?? 0)
  // The window grows with what is known, up to ten minutes.
  const span = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, known))
  const [table, setTable] = useState(false)
  const series: Series[] = [
    { key: 'submitted', label: t('overview.submitted'), colour: 'var(--text-3)' },
    { key: 'succeeded', label: t('overview.succeeded'), colour: 'var(--succeeded)' },
    { key: 'failed', label: t('overview.failedRate'), colour: 'var(--dead)' },
  ]
  const Icon = table ? IconChartLine : IconTable
  const switchTo = t(table ? 'overview.chart' : 'overview.table')
  return (
    <Section
      title={t('overview.rates')}
      actions={
        <button
          type="button"
          className={styles.switch}
          title={switchTo}
          aria-label={switchTo}
          onClick={() => setTable(!table)}
        >
          <Icon size={16} stroke={1.7} aria-hidden />
        </button>
      }
    >
      {table ? (
        <RateTable points={history} series={series} />
      ) : (
        <RateChart
          points={history}
          series={series}
          spanMs={span}
          waiting={t('overview.gathering')}
        />
      )}
    </Section>
  )
}

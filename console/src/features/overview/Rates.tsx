import { IconChartLine, IconTable, IconZoomOut } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Health } from '@/api/health-shapes'
import type { Mark, Series, Span } from '@/components/ui/chart/series'
import { TimeChart } from '@/components/ui/chart/TimeChart'
import { TimeTable } from '@/components/ui/chart/TimeTable'
import { Section } from '@/components/ui/Section'
import { useWords } from '@/i18n'
import { count, rate } from '@/lib/format'
import { useLiveState } from '@/lib/live'
import styles from './Rates.module.css'

const SHORTEST_MS = 60_000
const LONGEST_MS = 600_000

/** How fast it goes and what waits: two charts with one time. */
export function Rates({ health }: { health: Health | undefined }) {
  const { t } = useWords()
  const history = useLiveState(live => live.history)
  const [table, setTable] = useState(false)
  const [zoom, setZoom] = useState<Span | null>(null)
  const [cursor, setCursor] = useState<number | null>(null)
  const span = zoom ?? wholeOf(history)
  const marks = useMarks(health)
  const shown = history.filter(point => point.at >= span.from && point.at <= span.to)
  const charts = [
    {
      title: t('overview.rates'),
      format: rate,
      whole: false,
      series: [
        { key: 'submitted', label: t('overview.submitted'), colour: 'var(--text-3)' },
        { key: 'succeeded', label: t('overview.succeeded'), colour: 'var(--succeeded)' },
        { key: 'failed', label: t('overview.failedRate'), colour: 'var(--dead)' },
      ] satisfies Series[],
    },
    {
      title: t('overview.backlog'),
      format: count,
      whole: true,
      series: [
        { key: 'ready', label: t('overview.ready'), colour: 'var(--text-3)' },
        { key: 'running', label: t('overview.running'), colour: 'var(--running)' },
      ] satisfies Series[],
    },
  ]
  const Icon = table ? IconChartLine : IconTable
  const switchTo = t(table ? 'overview.chart' : 'overview.table')
  return charts.map(({ title, format, whole, series }, index) => (
    <Section
      key={title}
      title={title}
      actions={
        index === charts.length - 1 && (
          <>
            {zoom && (
              <button
                type="button"
                className={styles.switch}
                title={t('overview.zoomOut')}
                aria-label={t('overview.zoomOut')}
                onClick={() => setZoom(null)}
              >
                <IconZoomOut size={16} stroke={1.7} aria-hidden />
              </button>
            )}
            <button
              type="button"
              className={styles.switch}
              title={switchTo}
              aria-label={switchTo}
              onClick={() => setTable(!table)}
            >
              <Icon size={16} stroke={1.7} aria-hidden />
            </button>
          </>
        )
      }
    >
      {table ? (
        <TimeTable
          title={t('overview.chartTable')}
          time={t('overview.time')}
          points={shown}
          series={series}
          format={format}
        />
      ) : (
        <TimeChart
          title={title}
          points={history}
          series={series}
          span={span}
          format={format}
          whole={whole}
          marks={marks}
          waiting={t('overview.gathering')}
          cursor={cursor}
          onCursor={setCursor}
          onZoom={setZoom}
        />
      )}
    </Section>
  ))
}

/** The window grows with what is known, up to ten minutes. */
function wholeOf(history: readonly { at: number }[]): Span {
  const to = history.at(-1)?.at ?? Date.now()
  const known = to - (history[0]?.at ?? to)
  return { from: to - Math.min(LONGEST_MS, Math.max(SHORTEST_MS, known)), to }
}

/** What happened to the server itself. */
function useMarks(health: Health | undefined): Mark[] {
  const { t } = useWords()
  const started = health?.startedAt
  return useMemo(
    () => (started ? [{ at: Date.parse(started), label: t('overview.serverStarted') }] : []),
    [started, t],
  )
}

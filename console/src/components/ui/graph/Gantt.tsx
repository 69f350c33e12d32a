import type { RunState } from '@/api/workflows'
import { Elapsed } from '@/components/ui/Elapsed'
import { TONES } from '@/components/ui/RunBadge'
import { useWords } from '@/i18n'
import { duration } from '@/lib/format'
import { useNow } from '@/lib/now'
import { took, workedUntil } from '@/lib/stages'
import styles from './Gantt.module.css'

/** A stage as far as its bar needs it. */
export interface Bar {
  name: string
  /** What is shown, if not its name. */
  label?: string
  status: RunState
  startedAt?: string | null
  finishedAt?: string | null
  /** Where it ends in a check that may wait. */
  sync?: object | null
  tasks: { finishedAt?: string | null }[]
  /** When it was to be at work, in milliseconds from the begin of all. */
  planned?: { from: number; to: number }
}

interface Props {
  stages: Bar[]
  critical: string[]
  selected: string | null
  onSelect: (stage: string) => void
}

const TICKS = 4

/**
 * When each stage was at work, and when it only waited at its sync point. What was planned lies
 * below, on a time of its own: hours of plans and seconds of programs fit on no common one.
 */
export function Gantt({ stages, critical, selected, onSelect }: Props) {
  const { t, language } = useWords()
  const now = useNow()
  const begun = stages.filter(stage => stage.startedAt)
  const plannedWidth = Math.max(0, ...stages.map(stage => stage.planned?.to ?? 0))
  const shown = plannedWidth > 0 ? stages : begun
  if (begun.length === 0 && plannedWidth === 0)
    return <p className={styles.none}>{t('workflows.notBegun')}</p>
  const startOf = (stage: Bar) => Date.parse(stage.startedAt ?? '')
  const endOf = (stage: Bar) => (stage.finishedAt ? Date.parse(stage.finishedAt) : now)
  const from = begun.length > 0 ? Math.min(...begun.map(startOf)) : 0
  const width = Math.max(1, Math.max(0, ...begun.map(endOf)) - from)
  const place = (start: number, end: number) => placed(start - from, end - from, width)
  return (
    <div>
      <ol className={styles.rows}>
        {shown.map(stage => {
          const end = endOf(stage)
          const worked = stage.sync ? Math.min(workedUntil(stage) ?? end, end) : end
          return (
            <li key={stage.name}>
              <button
                type="button"
                className={styles.row}
                aria-pressed={stage.name === selected}
                onClick={() => onSelect(stage.name)}
              >
                <span
                  className={styles.name}
                  title={stage.label ?? stage.name}
                  data-critical={critical.includes(stage.name) || undefined}
                >
                  {stage.label ?? stage.name}
                </span>
                <span className={styles.track} data-both={plannedWidth > 0 || undefined}>
                  {stage.startedAt && (
                    <span
                      className={styles.bar}
                      data-tone={TONES[stage.status]}
                      style={place(startOf(stage), worked)}
                    />
                  )}
                  {stage.planned && plannedWidth > 0 && (
                    <span
                      className={styles.planned}
                      style={placed(stage.planned.from, stage.planned.to, plannedWidth)}
                    />
                  )}
                  {stage.startedAt && worked < end && (
                    <span
                      className={styles.wait}
                      title={t('workflows.waitedAtSync')}
                      style={place(worked, end)}
                    />
                  )}
                </span>
                <span className={styles.time}>
                  {stage.startedAt ? <Elapsed ms={took(stage)} since={stage.startedAt} /> : '–'}
                  {stage.planned && plannedWidth > 0 && (
                    <small>{duration(stage.planned.to - stage.planned.from, language)}</small>
                  )}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      <div className={styles.axis} aria-hidden="true">
        {Array.from({ length: TICKS + 1 }, (_, tick) => (
          <span key={tick}>{tick === 0 ? '0' : duration((width * tick) / TICKS, language)}</span>
        ))}
      </div>
      <p className={styles.legend}>
        <span data-critical>{t('workflows.onCriticalPath')}</span>
        <span className={styles.waitMark} />
        <span>{t('workflows.waitedAtSync')}</span>
        {plannedWidth > 0 && (
          <>
            <span className={styles.plannedMark} />
            <span>{t('workflows.plannedTime', { time: duration(plannedWidth, language) })}</span>
          </>
        )}
      </p>
    </div>
  )
}

const placed = (start: number, end: number, width: number) => ({
  left: `${(start / width) * 100}%`,
  width: `${Math.max(0.5, ((end - start) / width) * 100)}%`,
})

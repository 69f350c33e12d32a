import { Elapsed } from './Elapsed'
import styles from './Waterfall.module.css'

export interface Span {
  key: string
  name: string
  startedAt: string | null
  finishedAt: string | null
  durationMs: number | null
  tone: 'succeeded' | 'running' | 'dead' | 'retrying' | 'cancelled'
  note?: string | null
}

/** Spans of time under each other: what took how long, and when. */
export function Waterfall({ spans, now }: { spans: Span[]; now: number }) {
  const starts = spans.map(span => time(span.startedAt)).filter(value => value !== null)
  const from = Math.min(...starts)
  const to = Math.max(...spans.map(span => time(span.finishedAt) ?? (span.startedAt ? now : from)))
  const width = Math.max(1, to - from)
  const place = (span: Span) => {
    const start = time(span.startedAt)
    if (start === null) return null
    const end = time(span.finishedAt) ?? now
    const left = ((start - from) / width) * 100
    return { left: `${left}%`, width: `${Math.max(0.6, ((end - start) / width) * 100)}%` }
  }
  return (
    <ol className={styles.rows}>
      {spans.map(span => {
        const style = place(span)
        return (
          <li key={span.key} className={styles.row}>
            <span className={styles.name} title={span.name}>
              {span.name}
            </span>
            <span className={styles.track}>
              {style && <span className={styles.bar} data-tone={span.tone} style={style} />}
            </span>
            <span className={styles.time}>
              <Elapsed ms={span.durationMs} since={span.startedAt} />
            </span>
            {span.note && <span className={styles.note}>{span.note}</span>}
          </li>
        )
      })}
    </ol>
  )
}

const time = (at: string | null) => (at ? Date.parse(at) : null)

import { useMemo } from 'react'
import { type Adaptive, showAdaptive, type Trial } from '@/api/adaptive'
import type { Queue } from '@/api/types'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, percent, UNKNOWN } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { usePushed } from '@/lib/use-pushed'
import { useQueues } from '@/lib/use-queues'
import styles from './QueuesPage.module.css'

type Found = Queue & { auto: NonNullable<Queue['auto']> }
type Level = 'calm' | 'held' | 'lowered' | 'put-back' | 'refusing'
type Why = 'room' | 'slower' | 'failures' | 'probe'

/** What is found by itself: concurrency by latency and by trials, and what memory allows. */
export function AdaptivePane() {
  const { t } = useWords()
  const { data, error, refetch } = usePushed({
    key: ['adaptive'],
    topic: 'adaptive',
    fetch: showAdaptive,
    read: (raw: Adaptive) => raw,
  })
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={6} height={38} />
  return (
    <div className={styles.pools}>
      <AutoQueues />
      <Section title={t('adaptive.memory')} actions={<Switched on={data.memory.on} />}>
        <Memory memory={data.memory} />
      </Section>
      <Section title={t('adaptive.tuning')} actions={<Switched on={data.tuning.on} />}>
        <Tuning tuning={data.tuning} />
      </Section>
    </div>
  )
}

function Switched({ on }: { on: boolean }) {
  const { t } = useWords()
  return <span>{on ? t('adaptive.on') : t('adaptive.off')}</span>
}

function AutoQueues() {
  const { t, language } = useWords()
  const { queues } = useQueues()
  const rows = useMemo(
    () => (queues ?? []).filter((queue): queue is Found => !!queue.auto),
    [queues],
  )
  const columns = useMemo<Column<Found>[]>(() => {
    const took = (text: string | null | undefined) =>
      text ? duration(milliseconds(text), language) : UNKNOWN
    return [
      {
        key: 'name',
        title: t('queues.name'),
        value: queue => queue.name,
        cell: queue => queue.name,
      },
      {
        key: 'now',
        title: t('adaptive.now'),
        width: '88px',
        phoneWidth: '56px',
        align: 'end',
        value: queue => queue.concurrency,
        cell: queue => count(queue.concurrency),
      },
      {
        key: 'bounds',
        title: t('adaptive.bounds'),
        width: '104px',
        align: 'end',
        rank: 'second',
        cell: ({ auto }) => `${count(auto.min)} – ${count(auto.max)}`,
      },
      {
        key: 'unhindered',
        title: t('adaptive.unhindered'),
        width: '112px',
        align: 'end',
        rank: 'second',
        cell: ({ auto }) => took(auto.unhindered),
      },
      {
        key: 'latest',
        title: t('adaptive.latest'),
        width: '112px',
        align: 'end',
        rank: 'second',
        cell: ({ auto }) => took(auto.latest),
      },
      {
        key: 'why',
        title: t('adaptive.change'),
        cell: ({ auto }) => {
          const last = auto.changes[0]
          if (!last) return UNKNOWN
          return (
            <span title={t(`adaptive.why.${last.why as Why}`)}>
              {last.from} → {last.to} · {t(`adaptive.why.${last.why as Why}`)} ·{' '}
              <Time at={last.at} />
            </span>
          )
        },
      },
    ]
  }, [t, language])
  return (
    <Section title={t('adaptive.queues')}>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{t('adaptive.noQueues')}</p>
      ) : (
        <DataTable rows={rows} columns={columns} keyOf={queue => queue.name} />
      )}
    </Section>
  )
}

function Memory({ memory }: { memory: Adaptive['memory'] }) {
  const { t } = useWords()
  const word = (level: string) => t(`adaptive.level.${level as Level}`)
  return (
    <>
      <p>
        {word(memory.level)}
        {memory.alive != null && (
          <>
            {' · '}
            {t('adaptive.alive', { share: percent(memory.alive) })} ·{' '}
            <Time at={memory.measuredAt} />
          </>
        )}
      </p>
      <p className={styles.quiet}>
        {t('adaptive.done', { putBack: count(memory.putBack), refused: count(memory.refused) })}
      </p>
      {memory.changes.slice(0, 10).map(change => (
        <p key={change.at} className={styles.quiet}>
          <Time at={change.at} /> · {percent(change.alive)} · {word(change.to)}
        </p>
      ))}
    </>
  )
}

function Tuning({ tuning }: { tuning: Adaptive['tuning'] }) {
  const { t } = useWords()
  const columns = useMemo<Column<Trial>[]>(
    () => [
      {
        key: 'at',
        title: t('adaptive.at'),
        width: '104px',
        phoneWidth: '84px',
        cell: trial => <Time at={trial.at} />,
      },
      { key: 'queue', title: t('queues.name'), cell: trial => trial.queue },
      {
        key: 'tried',
        title: t('adaptive.tried'),
        width: '112px',
        phoneWidth: '80px',
        align: 'end',
        cell: trial => `${trial.from} → ${trial.tried}`,
      },
      {
        key: 'ratio',
        title: t('adaptive.gain'),
        width: '88px',
        align: 'end',
        rank: 'second',
        cell: trial => (trial.ratio == null ? UNKNOWN : `× ${trial.ratio.toFixed(2)}`),
      },
      {
        key: 'kept',
        title: t('adaptive.outcome'),
        width: '112px',
        phoneWidth: '72px',
        cell: trial => (trial.kept ? t('adaptive.kept') : t('adaptive.undone')),
      },
    ],
    [t],
  )
  return (
    <>
      {tuning.values.map(value => (
        <p key={value.queue}>
          {value.queue}: {value.base} → {value.value}
          {value.trying && ` · ${t('adaptive.trying')}`}
        </p>
      ))}
      {tuning.trials.length === 0 ? (
        <p className={styles.quiet}>{t('adaptive.noTrials')}</p>
      ) : (
        <DataTable
          rows={tuning.trials}
          columns={columns}
          keyOf={trial => `${trial.at} ${trial.queue} ${trial.tried}`}
        />
      )}
    </>
  )
}

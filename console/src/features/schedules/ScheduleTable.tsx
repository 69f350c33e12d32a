import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Schedule } from '@/api/schedules'
import { StateBadge } from '@/components/ui/StateBadge'
import { Time } from '@/components/ui/Time'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { count, duration, exactTime, shortId, UNKNOWN } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import { ScheduleDetail } from './ScheduleDetail'
import styles from './Schedules.module.css'

interface Props {
  schedules: Schedule[]
  open: string | null
  onOpen: (name: string) => void
  onEdit: (name: string) => void
}

export function ScheduleTable({ schedules, open, onOpen, onEdit }: Props) {
  const { t } = useWords()
  const columns = useMemo<Column<Schedule>[]>(
    () => [
      {
        key: 'name',
        title: t('schedules.colName'),
        value: each => each.name,
        cell: each => (
          <span className={styles.name}>
            <button
              type="button"
              title={each.name}
              aria-expanded={each.name === open}
              onClick={event => {
                event.stopPropagation()
                onOpen(each.name)
              }}
            >
              {each.name}
            </button>
            <span title={each.type}>{each.type}</span>
          </span>
        ),
      },
      {
        key: 'state',
        title: t('schedules.colState'),
        width: '116px',
        phoneWidth: '88px',
        value: each => (each.error ? 0 : each.paused ? 1 : 2),
        cell: each => <ScheduleState schedule={each} />,
      },
      {
        key: 'when',
        title: t('schedules.colWhen'),
        width: '22%',
        rank: 'second',
        cell: each => <When schedule={each} />,
      },
      {
        key: 'next',
        title: t('schedules.colNext'),
        width: '112px',
        phoneWidth: '84px',
        align: 'end',
        value: each => each.next ?? '9',
        cell: each => <Time at={each.next} />,
      },
      {
        key: 'last',
        title: t('schedules.colLast'),
        width: '112px',
        align: 'end',
        rank: 'second',
        value: each => each.lastDue ?? '',
        cell: each =>
          each.lastTask ? (
            <Link
              to="/tasks/$id"
              params={{ id: each.lastTask }}
              title={shortId(each.lastTask)}
              className={styles.link}
              onClick={event => event.stopPropagation()}
            >
              {each.lastDue ? <Time at={each.lastDue} /> : shortId(each.lastTask)}
            </Link>
          ) : (
            UNKNOWN
          ),
      },
      {
        key: 'started',
        title: t('schedules.colStarted'),
        width: '80px',
        align: 'end',
        rank: 'second',
        value: each => each.started,
        cell: each => count(each.started),
      },
      {
        key: 'skipped',
        title: t('schedules.colSkipped'),
        width: '80px',
        align: 'end',
        rank: 'third',
        value: each => each.skipped,
        cell: each => count(each.skipped),
      },
    ],
    [t, open, onOpen],
  )
  return (
    <DataTable
      rows={schedules}
      columns={columns}
      keyOf={each => each.name}
      sortBy={{ key: 'name', descending: false }}
      openKey={open}
      onOpen={each => onOpen(each.name)}
      detail={each => <ScheduleDetail schedule={each} onEdit={() => onEdit(each.name)} />}
    />
  )
}

function ScheduleState({ schedule }: { schedule: Schedule }) {
  const { t } = useWords()
  if (schedule.error) {
    return (
      <span title={schedule.error}>
        <StateBadge state="dead" word={t('schedules.refused')} />
      </span>
    )
  }
  if (schedule.paused) return <StateBadge state="waiting" word={t('schedules.isPaused')} />
  return schedule.next ? (
    <StateBadge state="scheduled" word={t('schedules.active')} />
  ) : (
    <StateBadge state="cancelled" word={t('schedules.over')} />
  )
}

/** The rule as it was written, and the zone where it matters. */
function When({ schedule }: { schedule: Schedule }) {
  const { t, language } = useWords()
  if (schedule.cron) {
    return (
      <span className={styles.when} title={schedule.zone}>
        <code className="mono">{schedule.cron}</code> <span>{schedule.zone}</span>
      </span>
    )
  }
  return schedule.every ? (
    <span>
      {t('schedules.everyTime', { time: duration(milliseconds(schedule.every), language) })}
    </span>
  ) : (
    <span>{t('schedules.onceAt', { time: exactTime(schedule.at).slice(0, 19) })}</span>
  )
}

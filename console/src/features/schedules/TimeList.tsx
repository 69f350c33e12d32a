import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import styles from './Schedules.module.css'

/** Times to come, by the clocks of the schedule's zone, and how far away they are. */
export function TimeList({ times, zone }: { times: string[]; zone: string }) {
  const { t, language } = useWords()
  if (times.length === 0) return <p className={styles.quiet}>{t('schedules.never')}</p>
  const clock = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zoneOr(zone),
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return (
    <ol className={styles.times}>
      {times.map(time => (
        <li key={time}>
          <span>{shown(clock.formatToParts(new Date(time)))}</span>
          <Time at={time} />
        </li>
      ))}
    </ol>
  )
}

/** 2026-11-23 Mon 07:00:00, whatever order a language would choose. */
function shown(parts: Intl.DateTimeFormatPart[]): string {
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find(part => part.type === type)?.value ?? ''
  const day = `${of('year')}-${of('month')}-${of('day')}`
  return `${day} ${of('weekday')} ${of('hour')}:${of('minute')}:${of('second')}`
}

/** A zone that this browser does not know is shown in its own. */
function zoneOr(zone: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    return undefined
  }
}

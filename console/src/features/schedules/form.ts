import type { MISFIRES, OVERLAPS, Schedule, ScheduleBody, Timing } from '@/api/schedules'

/** A schedule as it is typed. */
export interface Form {
  name: string
  type: string
  kind: 'cron' | 'every' | 'at'
  cron: string
  every: string
  /** Local time, as the browser's field has it. */
  at: string
  zone: string
  misfire: (typeof MISFIRES)[number]
  overlap: (typeof OVERLAPS)[number]
  jitter: string
  expiry: string
  priority: number | string
  queue: string | null
  tags: string[]
  input: string
}

const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export const EMPTY: Form = {
  name: '',
  type: '',
  kind: 'cron',
  cron: '0 7 * * MON-FRI',
  every: 'PT15M',
  at: '',
  zone: zoneHere(),
  misfire: 'once',
  overlap: 'skip',
  jitter: '',
  expiry: '',
  priority: '',
  queue: null,
  tags: [],
  input: '{}',
}

export const formOf = (schedule: Schedule): Form => ({
  ...EMPTY,
  name: schedule.name,
  type: schedule.type,
  kind: schedule.cron ? 'cron' : schedule.every ? 'every' : 'at',
  cron: schedule.cron ?? EMPTY.cron,
  every: schedule.every ?? EMPTY.every,
  at: schedule.at ? localOf(schedule.at) : '',
  zone: schedule.zone,
  misfire: schedule.misfire,
  overlap: schedule.overlap,
  jitter: schedule.jitter === 'PT0S' ? '' : schedule.jitter,
  expiry: schedule.expiry ?? '',
  priority: schedule.priority ?? '',
  queue: schedule.queue ?? null,
  tags: schedule.tags,
  input: JSON.stringify(schedule.input, null, 2),
})

/** The field's form of a moment, by the clock of this machine. */
export function localOf(at: string): string {
  const time = new Date(at)
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** When it would be due; null as long as there is nothing to ask about. */
export function timingOf({ kind, cron, every, at, zone }: Form): Timing | null {
  const in_ = zone.trim() || 'UTC'
  if (kind === 'cron') return cron.trim() ? { cron: cron.trim(), zone: in_ } : null
  if (kind === 'every') return every.trim() ? { every: every.trim(), zone: in_ } : null
  const time = new Date(at)
  return at && !Number.isNaN(time.getTime()) ? { at: time.toISOString(), zone: in_ } : null
}

export const bodyOf = (form: Form, input: unknown): ScheduleBody => ({
  ...(timingOf(form) ?? { zone: form.zone }),
  type: form.type.trim(),
  input: input as ScheduleBody['input'],
  misfire: form.misfire,
  overlap: form.overlap,
  jitter: form.jitter.trim() || 'PT0S',
  expiry: form.expiry.trim() || undefined,
  priority: form.priority === '' ? undefined : Number(form.priority),
  queue: form.queue ?? undefined,
  tags: form.tags,
})

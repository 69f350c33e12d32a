import { answerOf, client, type Wire } from './client'

export const MISFIRES = ['skip', 'once', 'all'] as const
export const OVERLAPS = ['skip', 'queue', 'allow'] as const

export type Schedule = Wire['ScheduleItem']
export type ScheduleBody = Wire['ScheduleBody']

/** When something is due: exactly one of the first three. */
export interface Timing {
  cron?: string
  every?: string
  at?: string
  zone: string
}

/** As many as are pushed. */
export const SHOWN = 200

/** A list of schedules, as it is answered and as it is pushed. */
export const schedulesOf = (page: { items: Schedule[]; next?: string | null }) => ({
  items: page.items,
  next: page.next ?? null,
})

export const listSchedules = async (cursor?: string, signal?: AbortSignal) =>
  schedulesOf(
    await answerOf(
      client.GET('/api/v1/schedules', { params: { query: { limit: SHOWN, cursor } }, signal }),
    ),
  )

const at = (name: string) => ({ params: { path: { name } } })

export const createSchedule = (name: string, schedule: ScheduleBody) =>
  answerOf(client.POST('/api/v1/schedules', { body: { name, schedule } }))

export const replaceSchedule = (name: string, body: ScheduleBody) =>
  answerOf(client.PUT('/api/v1/schedules/{name}', { ...at(name), body }))

export const removeSchedule = (name: string) =>
  answerOf(client.DELETE('/api/v1/schedules/{name}', at(name)))

export const pauseSchedule = (name: string) =>
  answerOf(client.POST('/api/v1/schedules/{name}/pause', at(name)))

export const resumeSchedule = (name: string) =>
  answerOf(client.POST('/api/v1/schedules/{name}/resume', at(name)))

export const runSchedule = (name: string) =>
  answerOf(client.POST('/api/v1/schedules/{name}/run', at(name)))

/** The times to come of one that is kept. */
export const nextTimes = async (name: string, signal?: AbortSignal): Promise<string[]> =>
  (await answerOf(client.GET('/api/v1/schedules/{name}/next', { ...at(name), signal }))).items

/** The times that a rule would mean. */
export const timesOf = async (timing: Timing, signal?: AbortSignal): Promise<string[]> =>
  (
    await answerOf(
      client.POST('/api/v1/schedule-times', { body: { count: 10, ...timing }, signal }),
    )
  ).items

import {
  IconActivity,
  IconArrowsSplit2,
  IconBug,
  IconCalendarTime,
  IconListDetails,
  IconMovie,
  IconRoute,
  IconServer2,
  IconStack2,
  IconUserCheck,
  IconUsersGroup,
} from '@tabler/icons-react'

/** The rooms of the console, in the order of the rail. */
export const PARTS = [
  { key: 'overview', path: '/', icon: IconActivity, digit: '1' },
  { key: 'tasks', path: '/tasks', icon: IconListDetails, digit: '2' },
  { key: 'errors', path: '/errors', icon: IconBug, digit: '0' },
  { key: 'queues', path: '/queues', icon: IconArrowsSplit2, digit: '3' },
  { key: 'schedules', path: '/schedules', icon: IconCalendarTime, digit: '4' },
  { key: 'workflows', path: '/workflows', icon: IconRoute, digit: '5' },
  { key: 'approvals', path: '/approvals', icon: IconUserCheck, digit: '6' },
  { key: 'batches', path: '/batches', icon: IconStack2, digit: '7' },
  { key: 'drafts', path: '/drafts', icon: IconMovie, digit: '8' },
  { key: 'crew', path: '/crew', icon: IconUsersGroup },
  { key: 'system', path: '/system', icon: IconServer2, digit: '9' },
] as const

export type PartKey = (typeof PARTS)[number]['key']

export const partOf = (path: string) =>
  PARTS.find(part => part.path !== '/' && path.startsWith(part.path)) ?? PARTS[0]

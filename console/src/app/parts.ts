import {
  IconActivity,
  IconArrowsSplit2,
  IconListDetails,
  IconMovie,
  IconServer2,
} from '@tabler/icons-react'

/** The rooms of the console, in the order of the rail. */
export const PARTS = [
  { key: 'overview', path: '/', icon: IconActivity, digit: '1' },
  { key: 'tasks', path: '/tasks', icon: IconListDetails, digit: '2' },
  { key: 'queues', path: '/queues', icon: IconArrowsSplit2, digit: '3' },
  { key: 'drafts', path: '/drafts', icon: IconMovie, digit: '4' },
  { key: 'system', path: '/system', icon: IconServer2, digit: '5' },
] as const

export type PartKey = (typeof PARTS)[number]['key']

export const partOf = (path: string) =>
  PARTS.find(part => part.path !== '/' && path.startsWith(part.path)) ?? PARTS[0]

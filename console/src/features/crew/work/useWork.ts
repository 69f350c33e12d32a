import { useQuery } from '@tanstack/react-query'
import { listWork } from '@/api/crew'
import { useTaskNews } from '../useTaskNews'

export const WORK_KEY = ['crew', 'work']

/** What waits for people, read again whenever one of their tasks has changed. */
export function useWork() {
  useTaskNews('crew.person', WORK_KEY)
  return useQuery({ queryKey: WORK_KEY, queryFn: ({ signal }) => listWork(signal) })
}

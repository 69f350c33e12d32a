import { useQuery } from '@tanstack/react-query'
import { listTaskTypes } from '@/api/tasks'

/** The registered task types; they change only when the server starts again. */
export const useTaskTypes = () =>
  useQuery({
    queryKey: ['task-types'],
    queryFn: ({ signal }) => listTaskTypes(signal),
    staleTime: 60_000,
  })

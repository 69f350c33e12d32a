import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useProblemWords } from './problem-words'
import { toast } from './toast'

interface Action {
  does: () => Promise<unknown>
  /** What is said when it is done. */
  said: string
}

/** What people do to a thing: says that it is done or why not, and looks at the thing again. */
export function useAction(key: QueryKey) {
  const client = useQueryClient()
  const words = useProblemWords()
  return useMutation({
    mutationFn: ({ does }: Action) => does(),
    onSuccess: (_, { said }) => toast({ kind: 'done', text: said }),
    onError: error => {
      const { title, detail, remedy } = words(error)
      toast({ kind: 'failed', text: title, detail: remedy ?? detail ?? undefined })
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
}

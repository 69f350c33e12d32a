import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { defineWorkflow, startRun } from '@/api/workflows'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { EXAMPLE } from './example'

/** One click to see what a run looks like. */
export function StartExample() {
  const { t } = useWords()
  const navigate = useNavigate()
  const start = useMutation({
    mutationFn: async () => {
      await defineWorkflow(JSON.stringify(EXAMPLE), true)
      return startRun(EXAMPLE.name, {})
    },
    onSuccess: ({ id }) => void navigate({ to: '/workflows/$id', params: { id } }),
  })
  return (
    <>
      <Button loading={start.isPending} onClick={() => start.mutate()}>
        {t('workflows.emptyAction')}
      </Button>
      {start.error && <ProblemNote error={start.error} />}
    </>
  )
}

import { Button } from '@mantine/core'
import { IconRefresh, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { discardErrors, type ErrorDetail, retryErrors } from '@/api/errors'
import { Confirm } from '@/components/ui/Confirm'
import { useWords } from '@/i18n'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import { shortName } from './ErrorTable'

/** What can be done with all tasks that are dead of it; a task of the server does it. */
export function ErrorActions({ group }: { group: ErrorDetail }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const words = useProblemWords()
  const [asking, setAsking] = useState<'retry' | 'discard' | null>(null)
  const act = useMutation({
    mutationFn: (verb: 'retry' | 'discard') =>
      (verb === 'retry' ? retryErrors : discardErrors)(group.fingerprint),
    onSuccess: ({ id }, verb) =>
      toast({
        kind: 'done',
        text: t(`errors.${verb}Asked`, { count: group.dead }),
        action: {
          label: t('submit.open'),
          run: () => void navigate({ to: '/tasks/$id', params: { id } }),
        },
      }),
    onError: error => {
      const { title, detail, remedy } = words(error)
      toast({ kind: 'failed', text: title, detail: remedy ?? detail ?? undefined })
    },
  })
  if (!group.dead) return null
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={15} stroke={1.8} />}
        loading={act.isPending && act.variables === 'retry'}
        onClick={() => setAsking('retry')}
      >
        {t('errors.retry', { count: group.dead })}
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={15} stroke={1.8} />}
        loading={act.isPending && act.variables === 'discard'}
        onClick={() => setAsking('discard')}
      >
        {t('errors.discard', { count: group.dead })}
      </Button>
      <Confirm
        open={asking !== null}
        title={asking ? t(`errors.${asking}Title`, { count: group.dead }) : ''}
        subject={`${shortName(group.exception)} ${group.fingerprint}`}
        text={asking ? t(`errors.${asking}Text`) : ''}
        verb={asking ? t(`errors.${asking}`, { count: group.dead }) : ''}
        onClose={() => setAsking(null)}
        onConfirm={() => asking && act.mutate(asking)}
      />
    </>
  )
}

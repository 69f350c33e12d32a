import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { forkRun, type RunDetail, type Stage } from '@/api/workflows'
import { Dialog } from '@/components/ui/Dialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import styles from './Workflows.module.css'

interface Props {
  run: RunDetail
  stage: Stage
  onClose: () => void
}

/** A new run that takes over what came before a stage, with an input that may be changed. */
export function ForkDialog({ run, stage, onClose }: Props) {
  const { t } = useWords()
  const navigate = useNavigate()
  const [input, setInput] = useState(() => JSON.stringify(run.input, null, 2))
  const { value, reason } = parsed(input)
  const fork = useMutation({
    mutationFn: () => forkRun(run.id, stage.name, value),
    onSuccess: ({ id }) => {
      onClose()
      void navigate({ to: '/workflows/$id', params: { id }, search: {} })
    },
  })
  return (
    <Dialog
      open
      title={t('workflows.forkTitle', { stage: stage.title })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={fork.isPending}
            disabled={reason !== undefined}
            onClick={() => fork.mutate()}
          >
            {t('workflows.fork')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('workflows.forkText')}</p>
        <JsonField
          label={t('submit.input')}
          value={input}
          rows={10}
          autoFocus
          onChange={setInput}
        />
        {fork.error && <ProblemNote error={fork.error} />}
      </div>
    </Dialog>
  )
}

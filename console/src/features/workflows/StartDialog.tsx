import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Definition, startRun } from '@/api/workflows'
import { Dialog } from '@/components/ui/Dialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import styles from './Workflows.module.css'

interface Props {
  definition: Definition
  onClose: () => void
}

export function StartDialog({ definition, onClose }: Props) {
  const { t } = useWords()
  const navigate = useNavigate()
  const [input, setInput] = useState('{}')
  const { value, reason } = parsed(input)
  const start = useMutation({
    mutationFn: () => startRun(definition.name, value),
    onSuccess: ({ id }) => void navigate({ to: '/workflows/$id', params: { id } }),
  })
  return (
    <Dialog
      open
      title={t('workflows.startTitle', { name: definition.name })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={start.isPending}
            disabled={reason !== undefined}
            onClick={() => start.mutate()}
          >
            {t('workflows.start')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('workflows.startText', { version: definition.version })}</p>
        <JsonField label={t('submit.input')} value={input} autoFocus onChange={setInput} />
        {start.error && <ProblemNote error={start.error} />}
      </div>
    </Dialog>
  )
}

import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { defineWorkflow } from '@/api/workflows'
import { Dialog } from '@/components/ui/Dialog'
import { isJson, JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import { EXAMPLE } from './example'
import styles from './Workflows.module.css'

/** A definition as JSON or YAML; the server names every place that is wrong. */
export function DefineDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [text, setText] = useState(() => JSON.stringify(EXAMPLE, null, 2))
  const json = isJson(text)
  const reason = json ? parsed(text).reason : undefined
  const define = useMutation({
    mutationFn: () => defineWorkflow(text, json),
    onSuccess: ({ name, version }) => {
      onClose()
      toast({ kind: 'done', text: t('workflows.defineDone', { name, version }) })
      void client.invalidateQueries({ queryKey: ['definitions'] })
      void navigate({ to: '/workflows', search: { tab: 'definitions' } })
    },
  })
  return (
    <Dialog
      open
      title={t('workflows.define')}
      size={680}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={define.isPending}
            disabled={reason !== undefined}
            onClick={() => define.mutate()}
          >
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('workflows.defineText')}</p>
        {define.error && <ProblemNote error={define.error} />}
        <JsonField
          label={t('workflows.definition')}
          value={text}
          rows={18}
          autoFocus
          orYaml
          onChange={setText}
        />
      </div>
    </Dialog>
  )
}

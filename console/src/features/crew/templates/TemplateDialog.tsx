import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { saveTemplate, type Template } from '@/api/crew'
import { Dialog } from '@/components/ui/Dialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from '../Crew.module.css'

interface Props {
  /** The one to change, or to copy where it is built in; a new one without it. */
  template?: Template
  onClose: () => void
}

const EXAMPLE = {
  name: 'Small change',
  description: 'Look, then build.',
  threshold: 3,
  kind: 'custom',
  domains: ['maintenance'],
  phases: [
    { name: 'look', agents: ['business-analyst'] },
    {
      name: 'build',
      agents: ['backend-architect', 'frontend-specialist'],
      parallel: true,
      dependsOn: ['look'],
      process: { rules: { tests_passed: '>50' }, stops: true },
      gate: { tests_passed: '>95' },
      timeLimit: 'PT2H',
    },
  ],
}

/** A template as JSON; the server checks that every agent and phase is there and names cycles. */
export function TemplateDialog({ template, onClose }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const own = template && !template.builtIn
  const [id, setId] = useState(own ? template.id : '')
  const [text, setText] = useState(() => JSON.stringify(bodyOf(template) ?? EXAMPLE, null, 2))
  const { value, reason } = parsed(text)
  const save = useMutation({
    mutationFn: () => saveTemplate(id.trim(), value),
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t('crew.templateSaved', { id: id.trim() }) })
      void client.invalidateQueries({ queryKey: ['crew', 'templates'] })
    },
  })
  return (
    <Dialog
      open
      size={640}
      title={own ? template.name : t('crew.newTemplate')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={save.isPending}
            disabled={reason !== undefined || !id.trim()}
            onClick={() => save.mutate()}
          >
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextInput
          label="ID"
          value={id}
          disabled={own}
          placeholder="small-change"
          data-autofocus={!own || undefined}
          onChange={event => setId(event.currentTarget.value)}
        />
        <JsonField label={t('crew.templateJson')} value={text} rows={18} onChange={setText} />
        {save.error && <ProblemNote error={save.error} />}
      </div>
    </Dialog>
  )
}

function bodyOf(template: Template | undefined) {
  if (!template) return undefined
  const { id: _, builtIn: __, ...body } = template
  return body
}

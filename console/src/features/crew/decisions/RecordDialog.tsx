import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { recordDecision, recordMarkdown } from '@/api/crew-decisions'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Tabs } from '@/components/ui/Tabs'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from '../Crew.module.css'
import { decisionAt } from '../decision-place'

const EMPTY = {
  project: 'default',
  title: '',
  status: 'accepted',
  context: '',
  options: '',
  decision: '',
  reasoning: '',
  consequences: '',
  decisionMaker: '',
  tags: '',
  supersedes: '',
}

const words = (text: string) =>
  text
    .split(/[,，]/)
    .map(word => word.trim())
    .filter(Boolean)

/** Records a decision: field by field, or out of a Markdown file in the style of MADR. */
export function RecordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const id = useId()
  const [by, setBy] = useState('fields')
  const [form, setForm] = useState(EMPTY)
  const [text, setText] = useState('')
  const set = (change: Partial<typeof EMPTY>) => setForm(had => ({ ...had, ...change }))
  const save = useMutation({
    mutationFn: () =>
      by === 'markdown'
        ? recordMarkdown(text, form.project.trim())
        : recordDecision({
            ...form,
            project: form.project.trim(),
            options: form.options
              .split('\n')
              .filter(line => line.trim())
              .map(name => ({ name: name.trim() })),
            tags: words(form.tags),
            supersedes: words(form.supersedes),
          }),
    onSuccess: made => {
      toast({ kind: 'done', text: t('crew.recordDone', { id: made.id }) })
      void client.invalidateQueries({ queryKey: ['crew', 'decisions'] })
      void navigate(decisionAt(made.id))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const line = (name: keyof typeof EMPTY, hint?: string) => (
    <TextInput
      label={t(`crew.${name}`)}
      description={hint}
      value={form[name]}
      onChange={event => set({ [name]: event.currentTarget.value })}
    />
  )
  const block = (name: keyof typeof EMPTY, hint?: string) => (
    <Textarea
      label={t(`crew.${name}`)}
      description={hint}
      rows={2}
      value={form[name]}
      onChange={event => set({ [name]: event.currentTarget.value })}
    />
  )
  const ready = by === 'markdown' ? text.trim() : form.title.trim() && form.decision.trim()
  return (
    <Dialog
      open
      size={640}
      title={t('crew.record')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={id} loading={save.isPending} disabled={!ready}>
            {t('crew.record')}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={submit}>
        <Tabs
          tabs={[
            { key: 'fields', label: t('crew.byFields') },
            { key: 'markdown', label: 'Markdown' },
          ]}
          current={by}
          onChange={setBy}
        />
        {by === 'markdown' ? (
          <>
            {line('project')}
            <Textarea
              label={t('crew.madr')}
              value={text}
              rows={14}
              maxLength={200_000}
              classNames={{ input: 'mono' }}
              onChange={event => setText(event.currentTarget.value)}
            />
          </>
        ) : (
          <>
            {line('title')}
            <div className={styles.pair}>
              {line('project')}
              <Select
                label={t('crew.status')}
                data={(['proposed', 'accepted', 'rejected', 'deprecated'] as const).map(value => ({
                  value,
                  label: t(`crew.state.${value}`),
                }))}
                value={form.status}
                allowDeselect={false}
                onChange={status => set({ status: status ?? 'accepted' })}
              />
            </div>
            {block('context')}
            {block('options', t('crew.optionsHint'))}
            {block('decision')}
            {block('reasoning')}
            {block('consequences')}
            <div className={styles.pair}>
              {line('decisionMaker')}
              {line('tags', t('submit.tagsHint'))}
            </div>
            {line('supersedes', t('crew.supersedesHint'))}
          </>
        )}
        {save.error && <ProblemNote error={save.error} />}
      </form>
    </Dialog>
  )
}

import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import { ON_DUPLICATE, type OnDuplicate, type Submission, submitTask } from '@/api/tasks'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import { toast } from '@/lib/toast'
import { useTaskTypes } from '@/lib/use-task-types'
import { EXAMPLES } from './examples'
import styles from './SubmitDialog.module.css'

interface Props {
  open: boolean
  onClose: () => void
  onOpenTask: (id: string) => void
}

const EMPTY = {
  type: EXAMPLES[0].type as string,
  input: JSON.stringify(EXAMPLES[0].input, null, 2),
  queue: '',
  priority: '' as number | string,
  delay: '',
  tags: '',
  uniqueKey: '',
  uniqueFor: '',
  onDuplicate: 'keep' as OnDuplicate['action'],
  atMost: '',
  expiry: '',
  cost: '' as number | string,
  chain: '',
}

export function SubmitDialog({ open, onClose, onOpenTask }: Props) {
  const { t } = useWords()
  const [form, setForm] = useState(EMPTY)
  const [badJson, setBadJson] = useState<string | null>(null)
  const set = (change: Partial<typeof EMPTY>) => setForm(current => ({ ...current, ...change }))
  const { data: types } = useTaskTypes()
  const examples = EXAMPLES.filter(({ type }) => !types || types.includes(type))
  const submit = useMutation({
    mutationFn: submitTask,
    onSuccess: ({ id }) => {
      onClose()
      toast({
        kind: 'done',
        text: t('submit.done', { id: shortId(id) }),
        action: { label: t('submit.open'), run: () => onOpenTask(id) },
      })
    },
  })
  const problem = isProblem(submit.error) ? submit.error : null
  const fieldError = (name: string) =>
    problem?.errors.find(error => error.pointer === `/${name}`)?.detail

  const send = () => {
    let input: unknown
    try {
      input = JSON.parse(form.input || '{}')
    } catch (error) {
      setBadJson(t('submit.badJson', { reason: (error as Error).message }))
      return
    }
    setBadJson(null)
    submit.mutate(submissionOf(form, input))
  }

  return (
    <Dialog
      open={open}
      title={t('submit.title')}
      size={560}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button onClick={send} loading={submit.isPending} disabled={!form.type.trim()}>
            {t('tasks.submit')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <div className={styles.examples}>
          <span>{t('submit.examples')}</span>
          {examples.map(({ type, input }) => (
            <button
              key={type}
              type="button"
              aria-pressed={form.type === type}
              onClick={() => set({ type, input: JSON.stringify(input, null, 2) })}
            >
              {type.replace('sample.', '')}
            </button>
          ))}
        </div>
        <TextInput
          label={t('submit.type')}
          value={form.type}
          data-autofocus
          placeholder={t('submit.typePlaceholder')}
          list="task-types"
          error={fieldError('type')}
          onChange={event => set({ type: event.currentTarget.value })}
        />
        <datalist id="task-types">
          {types?.map(type => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <Textarea
          label={t('submit.input')}
          value={form.input}
          rows={6}
          spellCheck={false}
          classNames={{ input: styles.code }}
          error={badJson}
          onChange={event => set({ input: event.currentTarget.value })}
        />
        <div className={styles.pair}>
          <TextInput
            label={t('submit.queue')}
            placeholder={t('submit.byDefault')}
            value={form.queue}
            error={fieldError('queue')}
            onChange={event => set({ queue: event.currentTarget.value })}
          />
          <NumberInput
            label={t('submit.priority')}
            placeholder={t('submit.byDefault')}
            min={0}
            max={9}
            value={form.priority}
            error={fieldError('priority')}
            onChange={priority => set({ priority })}
          />
          <TextInput
            label={t('submit.delay')}
            placeholder={t('submit.delayHint')}
            value={form.delay}
            error={fieldError('delay')}
            onChange={event => set({ delay: event.currentTarget.value })}
          />
          <TextInput
            label={t('submit.uniqueKey')}
            placeholder={t('submit.optional')}
            value={form.uniqueKey}
            error={fieldError('uniqueKey')}
            onChange={event => set({ uniqueKey: event.currentTarget.value })}
          />
          <TextInput
            label={t('submit.expiry')}
            placeholder={t('submit.expiryHint')}
            value={form.expiry}
            error={fieldError('expiry')}
            onChange={event => set({ expiry: event.currentTarget.value })}
          />
          <TextInput
            label={t('submit.uniqueFor')}
            placeholder={t('submit.uniqueForHint')}
            value={form.uniqueFor}
            error={fieldError('uniqueFor')}
            onChange={event => set({ uniqueFor: event.currentTarget.value })}
          />
          <NumberInput
            label={t('submit.cost')}
            placeholder={t('submit.byDefault')}
            min={1}
            max={1_000_000}
            value={form.cost}
            error={fieldError('cost')}
            onChange={cost => set({ cost })}
          />
          <TextInput
            label={t('submit.chain')}
            placeholder={t('submit.chainHint')}
            value={form.chain}
            error={fieldError('chain')}
            onChange={event => set({ chain: event.currentTarget.value })}
          />
          {form.uniqueKey.trim() && (
            <Select
              label={t('submit.onDuplicate')}
              data={ON_DUPLICATE.map(each => ({
                value: each,
                label: t(`submit.duplicate.${each}`),
              }))}
              value={form.onDuplicate}
              allowDeselect={false}
              error={fieldError('onDuplicate')}
              onChange={action => set({ onDuplicate: action as OnDuplicate['action'] })}
            />
          )}
          {form.uniqueKey.trim() && form.onDuplicate === 'debounce' && (
            <TextInput
              label={t('submit.atMost')}
              placeholder={t('submit.atMostHint')}
              value={form.atMost}
              error={fieldError('onDuplicate/atMost')}
              onChange={event => set({ atMost: event.currentTarget.value })}
            />
          )}
        </div>
        <TextInput
          label={t('submit.tags')}
          placeholder={t('submit.tagsHint')}
          value={form.tags}
          error={fieldError('tags')}
          onChange={event => set({ tags: event.currentTarget.value })}
        />
        {submit.error && <ProblemNote error={submit.error} />}
      </div>
    </Dialog>
  )
}

/** Only what was filled in: the rest is up to the task type. */
function submissionOf(form: typeof EMPTY, input: unknown): Submission {
  const tags = form.tags
    .split(/[,，]/)
    .map(tag => tag.trim())
    .filter(Boolean)
  return {
    type: form.type.trim(),
    input,
    queue: form.queue.trim() || undefined,
    priority: form.priority === '' ? undefined : Number(form.priority),
    delay: form.delay.trim() || undefined,
    uniqueKey: form.uniqueKey.trim() || undefined,
    uniqueFor: form.uniqueFor.trim() || undefined,
    onDuplicate: duplicateOf(form),
    expiry: form.expiry.trim() || undefined,
    chain: form.chain.trim() || undefined,
    cost: form.cost === '' ? undefined : Number(form.cost),
    tags,
  }
}

/** A replacement takes the input and whatever else was filled in. */
function duplicateOf(form: typeof EMPTY): OnDuplicate | undefined {
  const action = form.onDuplicate
  if (!form.uniqueKey.trim() || action === 'keep') return undefined
  const parts: OnDuplicate['parts'] = action === 'replace' ? ['input'] : []
  if (action === 'replace') {
    if (form.priority !== '') parts.push('priority')
    if (form.queue.trim()) parts.push('queue')
    if (form.delay.trim()) parts.push('due')
  }
  const atMost = action === 'debounce' ? form.atMost.trim() || undefined : undefined
  return { action, parts, atMost }
}

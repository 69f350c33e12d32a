import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { answerWork } from '@/api/crew'
import { Dialog } from '@/components/ui/Dialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { linesOf, metricsOf } from '@/components/ui/sync/metrics'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from '../Crew.module.css'

interface Props {
  taskId: string
  agent: string
  about: string
  request: string
  /** What the stage's gate looks at, if that is known here. */
  metrics?: string[]
  onClose: () => void
}

const NAME = 'millrace.person'

/** A person's answer for an agent. */
export function AnswerDialog({ taskId, agent, about, request, metrics = [], onClose }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const form = useId()
  const [conclusion, setConclusion] = useState('')
  const [confidence, setConfidence] = useState<number | string>(1)
  const [values, setValues] = useState<Record<string, string>>({})
  const [others, setOthers] = useState('')
  const [outputs, setOutputs] = useState('{}')
  const [by, setBy] = useState(() => localStorage.getItem(NAME) ?? '')
  const { value, reason } = parsed(outputs)
  const send = useMutation({
    mutationFn: () => {
      localStorage.setItem(NAME, by)
      return answerWork(taskId, {
        conclusion: conclusion.trim() || undefined,
        confidence: Number(confidence),
        outputs: Object.keys(value as object).length > 0 ? value : undefined,
        metrics: { ...metricsOf(values), ...linesOf(others) },
        by: by.trim() || undefined,
      })
    },
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t('crew.answerDone', { agent }) })
      void client.invalidateQueries({ queryKey: ['crew'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason === undefined) send.mutate()
  }
  return (
    <Dialog
      open
      size={560}
      title={t('crew.answerTitle', { agent })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            form={form}
            loading={send.isPending}
            disabled={reason !== undefined}
          >
            {t('crew.answer')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit}>
        <p>{about}</p>
        <p className={styles.quote}>{request}</p>
        <Textarea
          label={t('crew.conclusion')}
          description={t('crew.conclusionHint')}
          value={conclusion}
          rows={2}
          maxLength={2_000}
          data-autofocus
          onChange={event => setConclusion(event.currentTarget.value)}
        />
        <div className={styles.pair}>
          <NumberInput
            label={t('crew.confidence')}
            value={confidence}
            min={0}
            max={1}
            step={0.1}
            onChange={setConfidence}
          />
          <TextInput
            label={t('sync.by')}
            value={by}
            maxLength={200}
            onChange={event => setBy(event.currentTarget.value)}
          />
        </div>
        {metrics.map(metric => (
          <TextInput
            key={metric}
            label={metric}
            value={values[metric] ?? ''}
            onChange={event => setValues({ ...values, [metric]: event.currentTarget.value })}
          />
        ))}
        <Textarea
          label={t('sync.others')}
          placeholder="coverage = 91"
          rows={2}
          value={others}
          onChange={event => setOthers(event.currentTarget.value)}
        />
        <JsonField label={t('crew.outputs')} value={outputs} rows={3} onChange={setOutputs} />
        {send.error && <ProblemNote error={send.error} />}
      </form>
    </Dialog>
  )
}

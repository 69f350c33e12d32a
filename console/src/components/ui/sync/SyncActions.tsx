import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { answerSync, type Sync, type SyncAnswer } from '@/api/workflows'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import { linesOf, metricsOf } from './metrics'
import styles from './sync.module.css'
import { isAsked } from './words'

/** A sync point as far as a person has a say in it. */
export type Asking = Pick<Sync, 'type' | 'status' | 'criteria' | 'where'>

interface Props {
  run: string
  stage: string
  /** What the stage is called, where that is not its name. */
  label?: string
  sync: Asking
  /** Where the answer goes, if not to the workflow itself. */
  send?: (run: string, stage: string, answer: SyncAnswer) => Promise<unknown>
}

type Verb = 'approve' | 'reject' | 'metrics'

/** What a person can say at a sync point. */
export function SyncActions({ run, stage, label = stage, sync, send = answerSync }: Props) {
  const { t } = useWords()
  const [asking, setAsking] = useState<Verb | null>(null)
  if (!isAsked(sync)) return null
  return (
    <span className={styles.actions}>
      {sync.type === 'approval' ? (
        <>
          <Button onClick={() => setAsking('approve')}>{t('sync.approve')}</Button>
          <Button variant="default" onClick={() => setAsking('reject')}>
            {t('sync.reject')}
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={() => setAsking('metrics')}>
          {t('sync.handIn')}
        </Button>
      )}
      {asking && (
        <AnswerDialog
          run={run}
          stage={stage}
          label={label}
          sync={sync}
          send={send}
          asking={asking}
          onClose={() => setAsking(null)}
        />
      )}
    </span>
  )
}

const NAME = 'millrace.person'

function AnswerDialog(props: Props & Asked) {
  const { run, stage, label, sync, send: deliver, asking, onClose } = props
  const { t } = useWords()
  const client = useQueryClient()
  const form = useId()
  const [by, setBy] = useState(() => localStorage.getItem(NAME) ?? '')
  const [comment, setComment] = useState('')
  const [values, setValues] = useState<Record<string, string>>({})
  const names = Object.keys(sync.criteria)
  const [other, setOther] = useState('')
  const send = useMutation({
    mutationFn: (answer: SyncAnswer) => (deliver ?? answerSync)(run, stage, answer),
    onSuccess: () => {
      onClose()
      toast({ kind: 'done', text: t(`sync.${asking}Done`, { stage: label }) })
      void client.invalidateQueries({ queryKey: ['approvals'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (asking === 'metrics') {
      send.mutate({ metrics: { ...metricsOf(values), ...linesOf(other) } })
      return
    }
    localStorage.setItem(NAME, by)
    send.mutate({
      approved: asking === 'approve',
      by: by.trim() || undefined,
      comment: comment.trim() || undefined,
    })
  }
  const verb = asking === 'metrics' ? t('sync.handIn') : t(`sync.${asking}`)
  return (
    <Dialog
      open
      title={t(`sync.${asking}Title`, { stage: label })}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            form={form}
            color={asking === 'reject' ? 'red' : undefined}
            loading={send.isPending}
          >
            {verb}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit}>
        <p>{t(`sync.${asking}Text`)}</p>
        {asking === 'metrics' ? (
          <>
            {names.map((name, index) => (
              <TextInput
                key={name}
                label={name}
                description={String(sync.criteria[name])}
                value={values[name] ?? ''}
                data-autofocus={index === 0 || undefined}
                onChange={event => setValues({ ...values, [name]: event.currentTarget.value })}
              />
            ))}
            <Textarea
              label={t('sync.others')}
              description={sync.where ?? undefined}
              placeholder="coverage = 91"
              rows={3}
              value={other}
              data-autofocus={names.length === 0 || undefined}
              onChange={event => setOther(event.currentTarget.value)}
            />
          </>
        ) : (
          <>
            <TextInput
              label={t('sync.by')}
              value={by}
              maxLength={100}
              data-autofocus={by === '' || undefined}
              onChange={event => setBy(event.currentTarget.value)}
            />
            <Textarea
              label={t('sync.comment')}
              value={comment}
              maxLength={2000}
              rows={3}
              data-autofocus={by !== '' || undefined}
              onChange={event => setComment(event.currentTarget.value)}
            />
          </>
        )}
        {send.error && <ProblemNote error={send.error} />}
      </form>
    </Dialog>
  )
}

interface Asked {
  asking: Verb
  onClose: () => void
}

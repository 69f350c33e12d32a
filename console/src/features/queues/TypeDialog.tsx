import { NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { resetTypeRule, setTypeRule, type TypeItem } from '@/api/type-rules'
import { FormDialog } from '@/components/ui/FormDialog'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'

export const TYPE_RULES = ['task-type-rules']

/** The time limit and attempts of a type; what is left empty is as the code says. */
export function TypeDialog({ type, onClose }: { type: TypeItem; onClose: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const { set } = type
  const [timeLimit, setTimeLimit] = useState(set.timeLimit ?? '')
  const [attempts, setAttempts] = useState<number | string>(set.attempts ?? '')
  const [retryDelay, setRetryDelay] = useState(set.retryDelay ?? '')
  const done = (text: string) => {
    onClose()
    toast({ kind: 'done', text })
    void client.invalidateQueries({ queryKey: TYPE_RULES })
  }
  const save = useMutation({
    mutationFn: () =>
      setTypeRule(type.name, {
        timeLimit: timeLimit.trim() || undefined,
        attempts: attempts === '' ? undefined : Number(attempts),
        retryDelay: retryDelay.trim() || undefined,
      }),
    onSuccess: () => done(t('types.saveDone', { name: type.name })),
  })
  const reset = useMutation({
    mutationFn: () => resetTypeRule(type.name),
    onSuccess: () => done(t('types.resetDone', { name: type.name })),
  })
  const isSet = set.timeLimit != null || set.attempts != null || set.retryDelay != null
  return (
    <FormDialog
      title={t('limits.editTitle', { name: type.name })}
      ready
      save={save}
      removal={
        isSet
          ? {
              verb: t('types.reset'),
              isPending: reset.isPending,
              error: reset.error,
              onRemove: () => reset.mutate(),
            }
          : undefined
      }
      onClose={onClose}
    >
      <TextInput
        label={t('types.timeLimit')}
        description={t('types.timeLimitHint')}
        placeholder={type.timeLimit ?? t('types.byCode')}
        value={timeLimit}
        data-autofocus
        onChange={event => setTimeLimit(event.currentTarget.value)}
      />
      <NumberInput
        label={t('types.attempts')}
        description={
          type.retryCases.length > 0
            ? t('types.cases', {
                cases: type.retryCases.map(of => `${of.exception}: ${of.attempts}`).join(' · '),
              })
            : undefined
        }
        placeholder={String(type.attempts)}
        min={1}
        max={1000}
        value={attempts}
        onChange={setAttempts}
      />
      <TextInput
        label={t('types.retryDelay')}
        placeholder={type.retryDelay}
        value={retryDelay}
        onChange={event => setRetryDelay(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

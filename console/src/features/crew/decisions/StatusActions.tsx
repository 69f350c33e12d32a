import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeDecision, type Decision, type DecisionStatus, NEXT } from '@/api/crew-decisions'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from '../Crew.module.css'

/** What may become of a decision; its words never change. */
export function StatusActions({ decision }: { decision: Decision }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [asking, setAsking] = useState<DecisionStatus | null>(null)
  const [newer, setNewer] = useState('')
  const change = useMutation({
    mutationFn: (status: DecisionStatus) =>
      changeDecision(decision.id, status, newer.trim() || undefined),
    onSuccess: now => {
      setAsking(null)
      toast({
        kind: 'done',
        text: t('crew.statusDone', { id: now.id, status: t(`crew.state.${now.status}`) }),
      })
      void client.invalidateQueries({ queryKey: ['crew', 'decisions'] })
    },
  })
  return (
    <>
      {NEXT[decision.status].map(status => (
        <Button
          key={status}
          variant="default"
          onClick={() => {
            change.reset()
            setAsking(status)
          }}
        >
          {t(`crew.become.${status}`)}
        </Button>
      ))}
      {asking && (
        <Dialog
          open
          title={t(`crew.become.${asking}`)}
          onClose={() => setAsking(null)}
          footer={
            <>
              <Button variant="default" onClick={() => setAsking(null)}>
                {t('action.cancel')}
              </Button>
              <Button
                loading={change.isPending}
                disabled={asking === 'superseded' && !newer.trim()}
                onClick={() => change.mutate(asking)}
              >
                {t(`crew.become.${asking}`)}
              </Button>
            </>
          }
        >
          <div className={styles.form}>
            <p>
              {decision.id} · {decision.title}
            </p>
            {asking === 'superseded' && (
              <TextInput
                label={t('crew.newer')}
                placeholder="shop:ADR-0042"
                value={newer}
                data-autofocus
                onChange={event => setNewer(event.currentTarget.value)}
              />
            )}
            {change.error && <ProblemNote error={change.error} />}
          </div>
        </Dialog>
      )}
    </>
  )
}

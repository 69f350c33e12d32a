import { Button, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addImpact, type Decision } from '@/api/crew-decisions'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { linesOf } from '@/components/ui/sync/metrics'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { useKnownWords } from '../useKnownWords'

const EMPTY = { type: '', description: '', outcome: '', metrics: '' }

/** What came of a decision, oldest first. */
export function Impacts({ decision }: { decision: Decision }) {
  const { t } = useWords()
  const known = useKnownWords()
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title={t('crew.impacts')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setAdding(true)}
        >
          {t('crew.addImpact')}
        </Button>
      }
    >
      {decision.impacts.length === 0 && <p className={styles.quiet}>{t('crew.noImpacts')}</p>}
      <ul className={styles.impacts}>
        {decision.impacts.map(impact => (
          <li key={`${impact.at} ${impact.description}`}>
            <b className={styles.strong}>{impact.type}</b>
            {impact.outcome && <span>{known('outcomes', impact.outcome)}</span>}
            <span className={styles.quiet}>
              <Time at={impact.at} />
            </span>
            <p className={styles.text}>{impact.description}</p>
            {Object.entries(impact.metrics ?? {}).map(([name, value]) => (
              <code key={name} className="mono">
                {name} {value}
              </code>
            ))}
          </li>
        ))}
      </ul>
      {adding && <ImpactDialog id={decision.id} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function ImpactDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords()
  const client = useQueryClient()
  const [form, setForm] = useState(EMPTY)
  const set = (change: Partial<typeof EMPTY>) => setForm(had => ({ ...had, ...change }))
  const add = useMutation({
    mutationFn: () => addImpact(id, { ...form, metrics: linesOf(form.metrics) }),
    onSuccess: () => {
      onClose()
      void client.invalidateQueries({ queryKey: ['crew', 'decisions'] })
    },
  })
  return (
    <Dialog
      open
      title={t('crew.addImpact')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={add.isPending}
            disabled={!form.type.trim() || !form.description.trim()}
            onClick={() => add.mutate()}
          >
            {t('crew.addImpact')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextInput
          label={t('crew.impactType')}
          placeholder={t('crew.impactTypeHint')}
          value={form.type}
          data-autofocus
          onChange={event => set({ type: event.currentTarget.value })}
        />
        <Textarea
          label={t('crew.impactText')}
          rows={3}
          value={form.description}
          onChange={event => set({ description: event.currentTarget.value })}
        />
        <TextInput
          label={t('crew.outcome')}
          value={form.outcome}
          onChange={event => set({ outcome: event.currentTarget.value })}
        />
        <Textarea
          label={t('crew.numbers')}
          placeholder="p95_ms = 12"
          rows={2}
          value={form.metrics}
          onChange={event => set({ metrics: event.currentTarget.value })}
        />
        {add.error && <ProblemNote error={add.error} />}
      </div>
    </Dialog>
  )
}

import { NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Agent, removeAgent, saveAgent } from '@/api/crew'
import { FormDialog } from '@/components/ui/FormDialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from '../Crew.module.css'

interface Props {
  /** The one to change; a new one without it. */
  agent?: Agent
  onClose: () => void
}

export function AgentDialog({ agent, onClose }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [name, setName] = useState(agent?.name ?? '')
  const [domain, setDomain] = useState(agent?.domain ?? 'technical')
  const [skills, setSkills] = useState(agent?.skills.join(', ') ?? '')
  const [numbers, setNumbers] = useState({
    complexityScore: agent?.complexityScore ?? 7,
    performance: agent?.performance ?? 85,
    availability: agent?.availability ?? 100,
  })
  const [fallback, setFallback] = useState(agent?.fallback ?? '')
  const [executor, setExecutor] = useState(() =>
    JSON.stringify(agent ? told(agent.executor) : { kind: 'person' }, null, 2),
  )
  const { value, reason } = parsed(executor)
  const done = (said: string) => {
    onClose()
    toast({ kind: 'done', text: said })
    void client.invalidateQueries({ queryKey: ['crew', 'agents'] })
  }
  const save = useMutation({
    mutationFn: () =>
      saveAgent(name.trim(), {
        domain: domain.trim(),
        skills: skills
          .split(/[,，]/)
          .map(skill => skill.trim())
          .filter(Boolean),
        ...numbers,
        executor: value,
        fallback: fallback.trim() || undefined,
      }),
    onSuccess: () => done(t('crew.agentSaved', { name: name.trim() })),
  })
  const remove = useMutation({
    mutationFn: () => removeAgent(name),
    onSuccess: () => done(t('crew.agentRemoved', { name })),
  })
  return (
    <FormDialog
      size={560}
      title={agent ? agent.name : t('crew.newAgent')}
      ready={reason === undefined && name.trim() !== '' && domain.trim() !== ''}
      save={save}
      removal={
        agent && !agent.builtIn
          ? {
              verb: t('crew.remove'),
              isPending: remove.isPending,
              error: remove.error,
              onRemove: () => remove.mutate(),
            }
          : undefined
      }
      onClose={onClose}
    >
      <div className={styles.form}>
        <div className={styles.pair}>
          <TextInput
            label={t('crew.agentName')}
            value={name}
            disabled={agent !== undefined}
            placeholder="data-engineer"
            data-autofocus={!agent || undefined}
            onChange={event => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('crew.domain')}
            value={domain}
            onChange={event => setDomain(event.currentTarget.value)}
          />
        </div>
        <TextInput
          label={t('crew.skills')}
          description={t('crew.skillsHint')}
          value={skills}
          onChange={event => setSkills(event.currentTarget.value)}
        />
        <div className={styles.triple}>
          {(['complexityScore', 'performance', 'availability'] as const).map(key => (
            <NumberInput
              key={key}
              label={t(`crew.${key}`)}
              value={numbers[key]}
              min={key === 'complexityScore' ? 1 : 0}
              max={key === 'complexityScore' ? 10 : 100}
              onChange={next => setNumbers({ ...numbers, [key]: Number(next) })}
            />
          ))}
        </div>
        <TextInput
          label={t('crew.fallback')}
          description={t('crew.fallbackHint')}
          value={fallback}
          onChange={event => setFallback(event.currentTarget.value)}
        />
        <JsonField label={t('crew.executor')} value={executor} rows={5} onChange={setExecutor} />
        <p className={styles.hint}>{t('crew.executorHint')}</p>
      </div>
    </FormDialog>
  )
}

/** An executor without what is not said about it. */
const told = (executor: Agent['executor']) =>
  Object.fromEntries(
    Object.entries(executor).filter(
      ([, value]) =>
        value != null && !(typeof value === 'object' && Object.keys(value).length === 0),
    ),
  )

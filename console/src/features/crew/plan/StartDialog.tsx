import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { listWorkspaces, startCrewRun } from '@/api/crew'
import { Dialog } from '@/components/ui/Dialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'

interface Props {
  request: string
  template: string | undefined
  roles: string[]
  /** Whether a stage of it ends in a check. */
  checked: boolean
  stages: string[]
  onClose: () => void
}

/** Who does the work, and under which name: people, unless something else is said. */
export function StartDialog({ request, template, roles, checked, stages, onClose }: Props) {
  const { t } = useWords()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [project, setProject] = useState('crew')
  const [workspace, setWorkspace] = useState<string | null>(null)
  const [gateRetries, setGateRetries] = useState<number | undefined>(undefined)
  const [processGates, setProcessGates] = useState('{}')
  const [executors, setExecutors] = useState('{}')
  const [input, setInput] = useState('{}')
  const staff = parsed(executors)
  const given = parsed(input)
  const watched = parsed(processGates)
  const workspaces = useQuery({
    queryKey: ['crew', 'workspaces'],
    queryFn: ({ signal }) => listWorkspaces(signal),
  })
  const open = workspaces.data?.filter(each => each.status === 'active') ?? []
  const start = useMutation({
    mutationFn: () =>
      startCrewRun({
        request,
        template,
        name: name.trim() || undefined,
        project: project.trim() || undefined,
        executors: staff.value,
        input: given.value,
        workspace: workspace ?? undefined,
        gateRetries,
        processGates: watched.value,
      }),
    onSuccess: ({ id }) => void navigate({ to: '/crew/runs/$id', params: { id } }),
  })
  return (
    <Dialog
      open
      size={620}
      title={t('crew.startTitle')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={start.isPending}
            disabled={[staff, given, watched].some(each => each.reason !== undefined)}
            onClick={() => start.mutate()}
          >
            {t('crew.start')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.quiet}>{t('crew.startText')}</p>
        <div className={styles.pair}>
          <TextInput
            label={t('crew.runName')}
            value={name}
            maxLength={100}
            data-autofocus
            onChange={event => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('crew.project')}
            value={project}
            maxLength={60}
            onChange={event => setProject(event.currentTarget.value)}
          />
        </div>
        {open.length > 0 && (
          <Select
            label={t('crew.workspace')}
            placeholder={t('crew.ownFolder')}
            clearable
            value={workspace}
            data={open.map(each => ({ value: each.name, label: `${each.name} · ${each.branch}` }))}
            onChange={setWorkspace}
          />
        )}
        {checked && (
          <NumberInput
            label={t('crew.gateRetries')}
            description={t('crew.gateRetriesHint')}
            placeholder={t('crew.asPlanned')}
            value={gateRetries ?? ''}
            min={0}
            max={20}
            allowDecimal={false}
            onChange={next => setGateRetries(next === '' ? undefined : Number(next))}
          />
        )}
        <JsonField label={t('crew.executors')} value={executors} rows={5} onChange={setExecutors} />
        <p className={styles.hint}>
          {t('crew.executorsHint', { roles: roles.join(', ') })}{' '}
          <code className="mono">
            {'{"test-engineer": {"kind": "java", "type": "sample.noop"}}'}
          </code>
        </p>
        <JsonField
          label={t('crew.processGates')}
          value={processGates}
          rows={3}
          onChange={setProcessGates}
        />
        <p className={styles.hint}>
          {t('crew.processGatesHint', { stages: stages.join(', ') })}{' '}
          <code className="mono">
            {`{"${stages.at(-1) ?? 'quality'}": {"rules": {"tests_passed": ">80"}, "stops": true}}`}
          </code>
        </p>
        <JsonField label={t('crew.input')} value={input} rows={3} onChange={setInput} />
        {start.error && <ProblemNote error={start.error} />}
      </div>
    </Dialog>
  )
}

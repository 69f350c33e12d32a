import { NumberInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  addWorkspace,
  changeWorkspace,
  removeWorkspace,
  WORKSPACE_KINDS,
  WORKSPACE_STATUSES,
  type Workspace,
} from '@/api/crew'
import { FormDialog } from '@/components/ui/FormDialog'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from '../Crew.module.css'

interface Props {
  /** The one to change; a new one without it. */
  workspace?: Workspace
  onClose: () => void
}

export function WorkspaceDialog({ workspace, onClose }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [name, setName] = useState(workspace?.name ?? '')
  const [kind, setKind] = useState<string>(workspace?.kind ?? 'feature')
  const [status, setStatus] = useState<string>(workspace?.status ?? 'active')
  const [branch, setBranch] = useState(workspace?.branch ?? '')
  const [port, setPort] = useState<number | string>(workspace?.port ?? '')
  const [note, setNote] = useState(workspace?.note ?? '')
  const done = (said: string) => {
    onClose()
    toast({ kind: 'done', text: said })
    void client.invalidateQueries({ queryKey: ['crew', 'workspaces'] })
  }
  const save = useMutation({
    mutationFn: () => {
      const said = {
        kind,
        branch: branch.trim() || undefined,
        port: port === '' ? undefined : Number(port),
        note: note.trim(),
      }
      return workspace
        ? changeWorkspace(workspace.name, { ...said, status })
        : addWorkspace({ ...said, name: name.trim() })
    },
    onSuccess: () => done(t('crew.workspaceSaved', { name: name.trim() })),
  })
  const remove = useMutation({
    mutationFn: () => removeWorkspace(name),
    onSuccess: () => done(t('crew.workspaceRemoved', { name })),
  })
  return (
    <FormDialog
      size={560}
      title={workspace ? workspace.name : t('crew.newWorkspace')}
      ready={name.trim() !== ''}
      save={save}
      removal={
        workspace
          ? {
              verb: t('crew.remove'),
              hint: t('crew.workspaceKept'),
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
            disabled={workspace !== undefined}
            placeholder="login"
            data-autofocus={!workspace || undefined}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Select
            label={t('crew.kind')}
            value={kind}
            allowDeselect={false}
            data={WORKSPACE_KINDS.map(value => ({
              value,
              label: t(`crew.workspaceKinds.${value}`),
            }))}
            onChange={value => setKind(value ?? 'feature')}
          />
        </div>
        <div className={styles.pair}>
          <TextInput
            label={t('crew.branch')}
            value={branch}
            placeholder={`${kind}/${name.trim() || 'login'}`}
            onChange={event => setBranch(event.currentTarget.value)}
          />
          <NumberInput
            label={t('crew.port')}
            value={port}
            min={1024}
            max={65535}
            allowDecimal={false}
            placeholder={t('crew.freePort')}
            onChange={setPort}
          />
        </div>
        {workspace && (
          <Select
            label={t('crew.status')}
            value={status}
            allowDeselect={false}
            data={WORKSPACE_STATUSES.map(value => ({ value, label: t(`crew.state.${value}`) }))}
            onChange={value => setStatus(value ?? 'active')}
          />
        )}
        <TextInput
          label={t('crew.note')}
          value={note}
          maxLength={1000}
          onChange={event => setNote(event.currentTarget.value)}
        />
        <p className={styles.hint}>
          {t('crew.workspaceHint')}{' '}
          <code className="mono">CREW_WORKSPACE CREW_BRANCH CREW_PORT</code>
        </p>
      </div>
    </FormDialog>
  )
}

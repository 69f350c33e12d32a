import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { startBackup } from '@/api/store'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import styles from './SystemPage.module.css'

interface Props {
  open: boolean
  onClose: () => void
}

export function BackupDialog({ open, onClose }: Props) {
  const { t } = useWords()
  const navigate = useNavigate()
  const [file, setFile] = useState(proposal)
  const backup = useMutation({
    mutationFn: startBackup,
    onSuccess: ({ taskId }) => {
      onClose()
      toast({
        kind: 'done',
        text: t('system.backupStarted'),
        detail: file,
        action: {
          label: t('system.backupOpen'),
          run: () => void navigate({ to: '/tasks/$id', params: { id: taskId } }),
        },
      })
    },
  })
  return (
    <Dialog
      open={open}
      title={t('system.backupTitle')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={backup.isPending}
            disabled={!file.trim()}
            onClick={() => backup.mutate(file.trim())}
          >
            {t('system.backupStart')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('system.backupText')}</p>
        <TextInput
          label={t('system.backupFile')}
          value={file}
          data-autofocus
          onChange={event => setFile(event.currentTarget.value)}
        />
        {backup.error && <ProblemNote error={backup.error} />}
      </div>
    </Dialog>
  )
}

/** A name that sorts by time and never meets an older one. */
function proposal(): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')
  return `backup/millrace-${stamp}.db`
}

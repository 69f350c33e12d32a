import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { backUp } from '@/api/store'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { bytes, duration } from '@/lib/format'
import { toast } from '@/lib/toast'
import { useStore } from '@/lib/use-store'
import styles from './SystemPage.module.css'

interface Props {
  open: boolean
  onClose: () => void
}

export function BackupDialog({ open, onClose }: Props) {
  const { t, language } = useWords()
  const { data: store } = useStore()
  const [file, setFile] = useState('')
  const path = file || proposal(store?.file)
  const backup = useMutation({
    mutationFn: backUp,
    onSuccess: done => {
      onClose()
      toast({
        kind: 'done',
        text: t('system.backupDone', {
          size: bytes(done.bytes),
          time: duration(done.tookMs, language),
        }),
        detail: done.file,
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
            disabled={!path.trim()}
            onClick={() => backup.mutate(path.trim())}
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
          value={path}
          data-autofocus
          onChange={event => setFile(event.currentTarget.value)}
        />
        {backup.error && <ProblemNote error={backup.error} />}
      </div>
    </Dialog>
  )
}

/** Beside the database, by a name that sorts by time and never meets an older one. */
function proposal(database: string | undefined): string {
  const folder = database?.replace(/[^/\\]+$/, '') ?? ''
  const stamp = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')
  return `${folder}backup-${stamp}.db`
}

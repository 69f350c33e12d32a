import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { importDecisions } from '@/api/crew-decisions'
import { Dialog } from '@/components/ui/Dialog'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'

/** Files of a folder, read by a task that backs the database up first and reports each file. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const [folder, setFolder] = useState('')
  const [project, setProject] = useState('default')
  const start = useMutation({
    mutationFn: () => importDecisions(folder.trim(), project.trim()),
    onSuccess: ({ taskId }) => void navigate({ to: '/tasks/$id', params: { id: taskId } }),
  })
  return (
    <Dialog
      open
      title={t('crew.import')}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={start.isPending}
            disabled={!folder.trim() || !project.trim()}
            onClick={() => start.mutate()}
          >
            {t('crew.import')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('crew.importText')}</p>
        <TextInput
          label={t('crew.folder')}
          value={folder}
          data-autofocus
          classNames={{ input: 'mono' }}
          onChange={event => setFolder(event.currentTarget.value)}
        />
        <TextInput
          label={t('crew.project')}
          value={project}
          onChange={event => setProject(event.currentTarget.value)}
        />
        {start.error && <ProblemNote error={start.error} />}
      </div>
    </Dialog>
  )
}

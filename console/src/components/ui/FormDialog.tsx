import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '@/i18n'
import { Dialog } from './Dialog'
import styles from './FormDialog.module.css'
import { ProblemNote } from './ProblemNote'

interface Props {
  title: ReactNode
  size?: number
  /** Whether what is filled in can be saved. */
  ready: boolean
  save: { isPending: boolean; error: unknown; mutate: () => void }
  /** On the button; that it is saved if it is left out. */
  verb?: string
  /** What takes the thing away, if it may be. */
  removal?: {
    verb: string
    /** What stays, for instance. */
    hint?: string
    isPending?: boolean
    error?: unknown
    onRemove: () => void
  }
  onClose: () => void
  /** Fields. */
  children: ReactNode
}

/** A thing that is made or changed by some fields. */
export function FormDialog(props: Props) {
  const { title, size = 520, ready, save, verb, removal, onClose, children } = props
  const { t } = useWords()
  const problem = save.error ?? removal?.error
  return (
    <Dialog
      open
      title={title}
      size={size}
      onClose={onClose}
      footer={
        <>
          {removal && (
            <Button
              variant="subtle"
              color="red"
              className={styles.remove}
              title={removal.hint}
              loading={removal.isPending}
              onClick={removal.onRemove}
            >
              {removal.verb}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={save.isPending} disabled={!ready} onClick={() => save.mutate()}>
            {verb ?? t('action.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>{children}</div>
      {problem != null && <ProblemNote error={problem} />}
    </Dialog>
  )
}

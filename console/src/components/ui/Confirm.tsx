import { Button } from '@mantine/core'
import { useWords } from '@/i18n'
import { Dialog } from './Dialog'

interface Props {
  open: boolean
  title: string
  /** What will happen. */
  text: string
  /** The very thing that it will happen to. */
  subject?: string
  verb: string
  onClose: () => void
  onConfirm: () => void
}

export function Confirm({ open, title, text, subject, verb, onClose, onConfirm }: Props) {
  const { t } = useWords()
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('tasks.keep')}
          </Button>
          <Button
            color="red"
            data-autofocus
            onClick={() => {
              onClose()
              onConfirm()
            }}
          >
            {verb}
          </Button>
        </>
      }
    >
      {subject && <p className="mono">{subject}</p>}
      <p>{text}</p>
    </Dialog>
  )
}

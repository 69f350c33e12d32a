import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useIsPhone } from '@/lib/viewport'
import styles from './Dialog.module.css'

interface Props {
  open: boolean
  title: ReactNode
  onClose: () => void
  size?: number
  children: ReactNode
  /** Buttons, the one to press last. */
  footer?: ReactNode
}

export function Dialog({ open, title, onClose, size = 480, children, footer }: Props) {
  const phone = useIsPhone()
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={size}
      fullScreen={phone && size > 480}
      centered
      classNames={{ content: styles.content, title: styles.title, header: styles.header }}
    >
      {children}
      {footer && <div className={styles.footer}>{footer}</div>}
    </Modal>
  )
}

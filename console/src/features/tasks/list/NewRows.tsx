import { IconArrowUp } from '@tabler/icons-react'
import { useWords } from '@/i18n'
import { FRESH_LIMIT } from './live-list'
import styles from './NewRows.module.css'

interface Props {
  count: number
  overflow: boolean
  onShow: () => void
}

/** New rows say that they are there; they come in when somebody asks. */
export function NewRows({ count, overflow, onShow }: Props) {
  const { t } = useWords()
  if (count === 0 && !overflow) return null
  return (
    <button type="button" className={styles.pill} onClick={onShow} data-testid="new-rows">
      <IconArrowUp size={14} stroke={2} aria-hidden />
      {overflow ? t('tasks.newRowsMany', { count: FRESH_LIMIT }) : t('tasks.newRows', { count })}
    </button>
  )
}

import { Textarea } from '@mantine/core'
import { useWords } from '@/i18n'
import styles from './JsonField.module.css'

interface Props {
  label: string
  value: string
  rows?: number
  autoFocus?: boolean
  onChange: (text: string) => void
}

/** JSON to type, with what is wrong with it below. */
export function JsonField({ label, value, rows = 6, autoFocus, onChange }: Props) {
  const { t } = useWords()
  const { reason } = parsed(value)
  return (
    <Textarea
      label={label}
      value={value}
      rows={rows}
      spellCheck={false}
      classNames={{ input: styles.code }}
      error={reason && t('submit.badJson', { reason })}
      data-autofocus={autoFocus || undefined}
      onChange={event => onChange(event.currentTarget.value)}
    />
  )
}

/** The value of a text, or why it has none; an empty text is an empty object. */
export function parsed(text: string): { value?: unknown; reason?: string } {
  try {
    return { value: JSON.parse(text.trim() || '{}') }
  } catch (error) {
    return { reason: (error as Error).message }
  }
}

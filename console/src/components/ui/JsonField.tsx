import { Textarea } from '@mantine/core'
import { useWords } from '@/i18n'
import styles from './JsonField.module.css'

interface Props {
  label: string
  value: string
  rows?: number
  autoFocus?: boolean
  /** Whether YAML may stand there, which the server reads. */
  orYaml?: boolean
  onChange: (text: string) => void
}

/** JSON to type, with what is wrong with it below. */
export function JsonField({ label, value, rows = 6, autoFocus, orYaml, onChange }: Props) {
  const { t } = useWords()
  const reason = orYaml && !isJson(value) ? undefined : parsed(value).reason
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

/** Whether an object in JSON stands there; one in YAML has no brace. */
export const isJson = (text: string) => text.trimStart().startsWith('{')

/** The value of a text, or why it has none; an empty text is an empty object. */
export function parsed(text: string): { value?: unknown; reason?: string } {
  try {
    return { value: JSON.parse(text.trim() || '{}') }
  } catch (error) {
    return { reason: (error as Error).message }
  }
}

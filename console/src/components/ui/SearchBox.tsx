import { IconSearch } from '@tabler/icons-react'
import type { RefObject } from 'react'
import styles from './SearchBox.module.css'

interface Props {
  value: string
  /** What may be typed; also read aloud, unless there is a name. */
  placeholder: string
  name?: string
  input?: RefObject<HTMLInputElement | null>
  onChange: (text: string) => void
}

export function SearchBox({ value, placeholder, name, input, onChange }: Props) {
  return (
    <label className={styles.box}>
      <IconSearch size={15} stroke={1.8} aria-hidden />
      <input
        ref={input}
        value={value}
        placeholder={placeholder}
        aria-label={name ?? placeholder}
        spellCheck={false}
        onChange={event => onChange(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
    </label>
  )
}

import { useEffect, useRef } from 'react'
import styles from './Check.module.css'

interface Props {
  checked: boolean
  some?: boolean
  label: string
  /** None for a box that its row handles. */
  onChange?: () => void
}

/** A bare check box: a long table has one a row. */
export function Check({ checked, some = false, label, onChange }: Props) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = some
  }, [some])
  return (
    <input
      ref={box}
      type="checkbox"
      className={styles.check}
      checked={checked}
      readOnly={!onChange}
      tabIndex={onChange ? 0 : -1}
      aria-label={label}
      onChange={onChange ?? (() => undefined)}
    />
  )
}

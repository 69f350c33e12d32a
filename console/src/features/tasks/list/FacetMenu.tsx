import { Popover } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { FacetCount } from '@/api/types'
import { useWords } from '@/i18n'
import styles from './FacetMenu.module.css'
import { facetText } from './facets'

const SHOWN = 200

interface Props {
  label: string
  value: string | undefined
  options: readonly FacetCount[]
  onChange: (value: string | undefined) => void
}

/** Picks one value; a value that is not in the list can be typed. */
export function FacetMenu({ label, value, options, onChange }: Props) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const shown = options
    .filter(option => option.value.toLowerCase().includes(wanted))
    .slice(0, SHOWN)
  const pick = (next: string | undefined) => {
    setOpen(false)
    setText('')
    onChange(next)
  }
  return (
    <div className={styles.facet} data-set={value !== undefined || undefined}>
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={260} trapFocus>
        <Popover.Target>
          <button type="button" className={styles.button} onClick={() => setOpen(!open)}>
            <span className={styles.label}>{label}</span>
            {value !== undefined && <span className={styles.value}>{value}</span>}
            {value === undefined && <IconChevronDown size={13} stroke={1.8} aria-hidden />}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={4}>
          <input
            className={styles.input}
            value={text}
            placeholder={label}
            aria-label={label}
            data-autofocus
            onChange={event => setText(event.currentTarget.value)}
            onKeyDown={event => {
              if (event.key === 'Enter' && text.trim()) pick(shown[0]?.value ?? text.trim())
            }}
          />
          <div className={styles.options}>
            {shown.map(option => (
              <button
                key={option.value}
                type="button"
                className={styles.option}
                onClick={() => pick(option.value)}
              >
                <span title={option.value}>{option.value}</span>
                <span className={styles.count} data-zero={option.count === 0 || undefined}>
                  {facetText(option)}
                </span>
              </button>
            ))}
            {shown.length === 0 && <p className={styles.none}>{t('palette.nothing')}</p>}
          </div>
        </Popover.Dropdown>
      </Popover>
      {value !== undefined && (
        <button
          type="button"
          className={styles.remove}
          aria-label={`${t('action.clear')} ${label}`}
          onClick={() => pick(undefined)}
        >
          <IconX size={13} stroke={1.8} aria-hidden />
        </button>
      )}
    </div>
  )
}

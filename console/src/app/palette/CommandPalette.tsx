import { Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '@/i18n'
import styles from './CommandPalette.module.css'
import { type Entry, entriesFor } from './entries'

interface Props {
  open: boolean
  onClose: () => void
}

export function CommandPalette({ open, onClose }: Props) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      classNames={{ content: styles.content }}
    >
      <Body onClose={onClose} />
    </Modal>
  )
}

function Body({ onClose }: { onClose: () => void }) {
  const { t, language } = useWords()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const entries = entriesFor(text, t, navigate, language)
  const current = Math.min(at, entries.length - 1)

  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) {
      event.preventDefault()
      setAt((current + step + entries.length) % Math.max(1, entries.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(entries[current])
    }
  }

  return (
    <div>
      <input
        data-autofocus
        className={styles.input}
        value={text}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        role="combobox"
        aria-expanded
        aria-controls="palette"
        aria-activedescendant={`palette-${current}`}
        onChange={event => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
        spellCheck={false}
        autoComplete="off"
      />
      <div ref={list} id="palette" role="listbox" className={styles.list}>
        {entries.length === 0 && <p className={styles.nothing}>{t('palette.nothing')}</p>}
        {entries.map((entry, index) => (
          <div key={`${entry.group}/${entry.key}`}>
            {entries[index - 1]?.group !== entry.group && (
              <div className={styles.group}>{t(`palette.${entry.group}`)}</div>
            )}
            <div
              id={`palette-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              data-index={index}
              className={styles.entry}
              onMouseMove={() => setAt(index)}
              onClick={() => run(entry)}
              onKeyDown={() => undefined}
            >
              {entry.label}
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}

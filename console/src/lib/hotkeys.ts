import { useEffect, useRef } from 'react'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/**
 * Keys of a page, by `event.key`; `mod+k` is ⌘K or Ctrl-K. Plain keys rest while somebody types or
 * a dialog is open.
 */
export function useHotkeys(keys: Record<string, (event: KeyboardEvent) => void>) {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const mod = event.metaKey || event.ctrlKey
      const handler = current.current[mod ? `mod+${event.key.toLowerCase()}` : event.key]
      if (!handler || event.altKey || event.defaultPrevented) return
      if (!mod && isTyping(event.target)) return
      if (!mod && document.querySelector('[role="dialog"][aria-modal="true"]')) return
      handler(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

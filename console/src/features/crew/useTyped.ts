import { useEffect, useRef, useState } from 'react'

const SETTLE_MS = 250

/** A text that is told once nobody has typed for a moment; what is given from outside holds. */
export function useTyped(given: string, tell: (text: string) => void) {
  const [text, setText] = useState(given)
  const said = useRef(given)
  const telling = useRef(tell)
  telling.current = tell
  useEffect(() => {
    // Somebody else has changed it, such as the browser's way back.
    if (given !== said.current) {
      said.current = given
      setText(given)
    }
  }, [given])
  useEffect(() => {
    if (text === said.current) return
    const timer = setTimeout(() => {
      said.current = text
      telling.current(text)
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText] as const
}

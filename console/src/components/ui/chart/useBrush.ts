import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { nearest, type Point, type Span, spanOf } from './series'

interface Options {
  shown: readonly Point[]
  span: Span
  cursor: number | null
  /** The moment at a distance from the left edge. */
  timeAt: (left: number) => number
  onCursor: (at: number | null) => void
  onZoom: (span: Span | null) => void
}

/** Reads and selects on a chart, by pointer and by keyboard alike. */
export function useBrush({ shown, span, cursor, timeAt, onCursor, onZoom }: Options) {
  const [anchor, setAnchor] = useState<number | null>(null)
  const dragging = useRef(false)
  const under = cursor === null || !shown.length ? undefined : shown[nearest(shown, cursor)]
  const brushed = anchor !== null && cursor !== null ? spanOf(anchor, cursor) : null

  const momentOf = (event: PointerEvent<SVGSVGElement>) => {
    const at = timeAt(event.clientX - event.currentTarget.getBoundingClientRect().left)
    return Math.max(span.from, Math.min(span.to, at))
  }
  const choose = () => {
    if (brushed) onZoom(brushed)
    setAnchor(null)
  }

  const pointer = {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      // A finger scrolls the page.
      if (event.button !== 0 || event.pointerType === 'touch') return
      event.currentTarget.setPointerCapture(event.pointerId)
      dragging.current = true
      setAnchor(momentOf(event))
      onCursor(momentOf(event))
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => onCursor(momentOf(event)),
    onPointerUp: () => {
      if (dragging.current) choose()
      dragging.current = false
    },
    onPointerLeave: () => {
      if (!dragging.current) onCursor(null)
    },
    onDoubleClick: () => onZoom(null),
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step && shown.length) {
      const at = under ? nearest(shown, under.at) + step : shown.length - 1
      const next = shown[Math.max(0, Math.min(shown.length - 1, at))]
      if (!next) return
      if (!event.shiftKey) setAnchor(null)
      else if (anchor === null) setAnchor(under?.at ?? next.at)
      onCursor(next.at)
    } else if (event.key === 'Enter' && brushed) choose()
    else if (event.key === 'Escape') {
      setAnchor(null)
      onCursor(null)
      onZoom(null)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return { brushed, under, pointer, onKeyDown }
}

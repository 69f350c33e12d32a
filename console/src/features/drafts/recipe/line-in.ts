import { lineOf, rangeOf } from '@/components/ui/editor/pointer'

/** The line of a text that a JSON pointer points to, from 1. */
export const lineIn = (text: string, pointer: string): number =>
  lineOf(text, rangeOf(text, pointer)?.from ?? 0)

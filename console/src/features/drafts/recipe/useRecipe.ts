import { useState } from 'react'
import { EXAMPLES } from './examples'

const KEY = 'millrace.recipe'

export function keepRecipe(text: string) {
  try {
    sessionStorage.setItem(KEY, text)
  } catch {
    // Without storage the text lasts as long as the page.
  }
}

/** The recipe in work. It outlives a reload, so that nobody loses what was typed. */
export function useRecipe() {
  const [text, setText] = useState(() => {
    try {
      return sessionStorage.getItem(KEY) ?? EXAMPLES[0].text
    } catch {
      return EXAMPLES[0].text
    }
  })
  const change = (next: string) => {
    setText(next)
    keepRecipe(next)
  }
  return [text, change] as const
}

export type Parsed = { ok: true; value: unknown } | { ok: false; reason: string; line: number }

/** Reads JSON; a fault comes with its line. */
export function parseRecipe(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    const reason = (error as Error).message
    const position = /position (\d+)/.exec(reason)
    const line = /line (\d+)/.exec(reason)
    return {
      ok: false,
      reason: reason.replace(/ in JSON at position.*$/, '').replace(/ \(line.*$/, ''),
      line: line
        ? Number(line[1])
        : position
          ? text.slice(0, Number(position[1])).split('\n').length
          : text.split('\n').length,
    }
  }
}

import type { PlainSearch } from '@/lib/plain-search'

export type { PlainSearch }

export function parseSearch(text: string): PlainSearch {
  return Object.fromEntries(new URLSearchParams(text.startsWith('?') ? text.slice(1) : text))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  // A comma needs no escape in a query and is easier to read without one.
  const text = params.toString().replaceAll('%2C', ',')
  return text ? `?${text}` : ''
}

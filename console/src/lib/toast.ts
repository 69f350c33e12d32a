import { useSyncExternalStore } from 'react'

export interface Toast {
  id: number
  kind: 'done' | 'failed'
  text: string
  detail?: string
  action?: { label: string; run: () => void }
}

const LIFETIME_MS = 6_000
const LIMIT = 4

let toasts: Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function set(next: Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

export const dismiss = (id: number) => set(toasts.filter(toast => toast.id !== id))

/** Says what an action did, for a few seconds, in the corner. */
export function toast(message: Omit<Toast, 'id'>) {
  last += 1
  const id = last
  set([...toasts.slice(1 - LIMIT), { id, ...message }])
  setTimeout(() => dismiss(id), message.kind === 'failed' ? LIFETIME_MS * 2 : LIFETIME_MS)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useToasts = () => useSyncExternalStore(subscribe, () => toasts)

import { API, get } from './client'
import type { Health } from './types'

export const fetchHealth = (signal?: AbortSignal) => get<Health>('/health', {}, signal)

export const liveUrl = `${API}/live`

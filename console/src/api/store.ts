import { API, get, post } from './client'
import type { Page, Statement, StoreInfo } from './types'

export const fetchStore = (signal?: AbortSignal) => get<StoreInfo>(`${API}/store`, {}, signal)

export const listStatements = (order: 'top' | 'slow', signal?: AbortSignal) =>
  get<Page<Statement>>(`${API}/store/statements`, { order }, signal)

export const startBackup = (file: string) =>
  post<{ taskId: string }>(`${API}/store/backup`, { file })

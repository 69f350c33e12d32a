import { API, get, post } from './client'
import type { DraftFile, DraftSummary, Finding, Page } from './types'

const draft = (name: string) => `${API}/draft/drafts/${encodeURIComponent(name)}`

export interface DraftSubmitted {
  taskId: string
  name: string
  statusUrl: string
}

export const listDrafts = (cursor?: string, signal?: AbortSignal) =>
  get<Page<DraftSummary>>(`${API}/draft/drafts`, { cursor, limit: 100 }, signal)

export const fetchDraft = (name: string, signal?: AbortSignal) =>
  get<DraftSummary>(draft(name), {}, signal)

export const fetchDraftFiles = (name: string, signal?: AbortSignal) =>
  get<Page<DraftFile>>(`${draft(name)}/files`, {}, signal)

export const validateDraft = (name: string, signal?: AbortSignal) =>
  get<{ valid: boolean; findings: Finding[] }>(`${draft(name)}/validate`, {}, signal)

export const submitDraft = (recipe: unknown) => post<DraftSubmitted>(`${API}/draft/drafts`, recipe)

export const draftZipUrl = (name: string) => `${draft(name)}/zip`

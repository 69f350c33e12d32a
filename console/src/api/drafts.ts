import { API, get, post } from './client'
import { draftOf, fileOf, findingOf, summaryOf } from './draft-shapes'
import type { Draft, DraftFile, DraftSummary, Finding, Page } from './types'

const DRAFTS = `${API}/draft/drafts`
const path = (name: string) => `${DRAFTS}/${encodeURIComponent(name)}`

/** The type of the task that builds a draft. */
export const DRAFT_TASK = 'draft.build'

export interface DraftSubmitted {
  taskId: string
  name: string
  statusUrl: string
}

export async function listDrafts(
  cursor?: string,
  signal?: AbortSignal,
): Promise<Page<DraftSummary>> {
  const answer = await get<Page<unknown>>(DRAFTS, { cursor, limit: 100 }, signal)
  return { items: answer.items.map(summaryOf), next: answer.next ?? null }
}

export const fetchDraft = async (name: string, signal?: AbortSignal): Promise<Draft> =>
  draftOf(await get(path(name), {}, signal))

const FILE_PAGE = 200
const MOST_FILES = 5_000

/** All files of a draft: at most some thousand, read page by page. */
export async function listDraftFiles(name: string, signal?: AbortSignal): Promise<DraftFile[]> {
  const files: DraftFile[] = []
  let cursor: string | undefined
  do {
    const page = await get<Page<unknown>>(
      `${path(name)}/files`,
      { limit: FILE_PAGE, cursor },
      signal,
    )
    files.push(...page.items.map(fileOf))
    cursor = page.next ?? undefined
  } while (cursor && files.length < MOST_FILES)
  return files
}

export const fetchRecipe = (name: string, signal?: AbortSignal) =>
  get<unknown>(`${path(name)}/recipe`, {}, signal)

export const draftStreamUrl = (name: string) => `${path(name)}/stream`

export async function validateDraft(
  name: string,
  signal?: AbortSignal,
): Promise<{ findings: Finding[] }> {
  const answer = await get<{ findings?: unknown[] }>(`${path(name)}/validate`, {}, signal)
  return { findings: (answer.findings ?? []).map(findingOf) }
}

export const submitDraft = (recipe: unknown) => post<DraftSubmitted>(DRAFTS, recipe)

export const draftZipUrl = (name: string) => `${path(name)}/zip`

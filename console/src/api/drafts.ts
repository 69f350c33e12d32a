import { API, answerOf, client } from './client'
import { draftOf, fileOf, findingOf, summaryOf } from './draft-shapes'
import type { Draft, DraftFile, DraftSummary, Finding, Page } from './types'

const path = (name: string) => `${API}/draft/drafts/${encodeURIComponent(name)}`
const named = (name: string) => ({ path: { name } })

/** The type of the task that builds a draft. */
export const DRAFT_TASK = 'draft.build'

const PAGE = 200
const MOST_FILES = 5_000

export async function listDrafts(
  cursor?: string,
  signal?: AbortSignal,
): Promise<Page<DraftSummary>> {
  const query = { limit: PAGE, cursor }
  const answer = await answerOf(client.GET('/api/v1/draft/drafts', { params: { query }, signal }))
  return { items: answer.items.map(summaryOf), next: answer.next ?? null }
}

export const fetchDraft = async (name: string, signal?: AbortSignal): Promise<Draft> =>
  draftOf(
    await answerOf(client.GET('/api/v1/draft/drafts/{name}', { params: named(name), signal })),
  )

/** All files of a draft: at most some thousand, read page by page. */
export async function listDraftFiles(name: string, signal?: AbortSignal): Promise<DraftFile[]> {
  const files: DraftFile[] = []
  let cursor: string | undefined
  do {
    const params = { ...named(name), query: { limit: PAGE, cursor } }
    const page = await answerOf(client.GET('/api/v1/draft/drafts/{name}/files', { params, signal }))
    files.push(...page.items.map(fileOf))
    cursor = page.next ?? undefined
  } while (cursor && files.length < MOST_FILES)
  return files
}

export const validateDraft = async (name: string, signal?: AbortSignal): Promise<Finding[]> =>
  (
    await answerOf(
      client.GET('/api/v1/draft/drafts/{name}/validate', { params: named(name), signal }),
    )
  ).findings.map(findingOf)

export const fetchRecipe = (name: string, signal?: AbortSignal): Promise<unknown> =>
  answerOf(client.GET('/api/v1/draft/drafts/{name}/recipe', { params: named(name), signal }))

export const submitDraft = (recipe: unknown) =>
  answerOf(client.POST('/api/v1/draft/drafts', { body: recipe as Record<string, never> }))

export const draftStreamUrl = (name: string) => `${path(name)}/stream`
export const draftZipUrl = (name: string) => `${path(name)}/zip`

import {
  DRAFT_STATES,
  type Draft,
  type DraftFile,
  type DraftSummary,
  type FieldProblem,
  type Finding,
} from './types'

type Raw = Record<string, unknown>

const FILE_STATES: Record<string, DraftFile['state']> = {
  waiting: 'waiting',
  active: 'active',
  downloading: 'active',
  fetched: 'complete',
  usable: 'complete',
  complete: 'complete',
  failed: 'failed',
  error: 'failed',
}

export function summaryOf(raw: unknown): DraftSummary {
  const draft = raw as Raw
  const micros = (draft.durationMicros ?? draft.durationUs) as number | undefined
  return {
    name: String(draft.name),
    title: (draft.title as string) ?? null,
    taskId: (draft.taskId as string) ?? null,
    state: DRAFT_STATES.find(state => state === draft.state) ?? 'waiting',
    createdAt: (draft.createdAt as string) ?? null,
    // 0 stands for "not known yet".
    durationMs: micros ? micros / 1000 : null,
    files: (draft.files as number) ?? null,
    bytes: (draft.bytes as number) || null,
  }
}

export function draftOf(raw: unknown): Draft {
  const draft = raw as Raw
  return {
    ...summaryOf(raw),
    folder: (draft.folder as string) ?? null,
    problems: ((draft.problems as unknown[]) ?? []).map(problemOf),
    notes: ((draft.notes as unknown[]) ?? []).map(problemOf),
  }
}

function problemOf(raw: unknown): FieldProblem {
  const { pointer, detail, code } = raw as Raw
  return {
    pointer: String(pointer ?? ''),
    detail: String(detail ?? ''),
    code: (code as string) ?? null,
  }
}

export function fileOf(raw: unknown, index: number): DraftFile {
  const file = raw as Raw
  const url = (file.url as string) ?? null
  return {
    key: String(file.no ?? index),
    name: (file.name as string) ?? nameIn(url) ?? String(index),
    url,
    state: FILE_STATES[String(file.state)] ?? 'waiting',
    bytes: (file.bytes as number) ?? null,
    total: (file.total as number) || null,
    error: (file.error as string) ?? (file.why as string) ?? null,
  }
}

const nameIn = (url: string | null): string | null =>
  url ? decodeURIComponent(url.split(/[?#]/)[0]?.split('/').pop() ?? url) || url : null

export function findingOf(raw: unknown): Finding {
  const { code, rule, file, pointer, detail, severity } = raw as Raw
  return {
    code: String(code ?? rule ?? ''),
    file: String(file ?? ''),
    pointer: String(pointer ?? ''),
    detail: String(detail ?? ''),
    severity: String(severity).toLowerCase() === 'warning' ? 'warning' : 'error',
  }
}

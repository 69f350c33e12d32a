import {
  DRAFT_STATES,
  type Draft,
  type DraftFile,
  type DraftProgress,
  type DraftSummary,
  type FieldProblem,
  type Finding,
} from './types'

type Raw = Record<string, unknown>

const FILE_STATES: Record<string, DraftFile['state']> = {
  waiting: 'waiting',
  done: 'complete',
  failed: 'failed',
}

export function summaryOf(raw: unknown): DraftSummary {
  const draft = raw as Raw
  const micros = draft.durationMicros as number | undefined
  return {
    name: String(draft.name),
    title: (draft.title as string) ?? null,
    taskId: (draft.taskId as string) ?? null,
    state: DRAFT_STATES.find(state => state === draft.state) ?? 'waiting',
    createdAt: (draft.createdAt as string) ?? null,
    // 0 stands for "not known yet".
    durationMs: micros ? micros / 1000 : null,
    files: (draft.files as number) || null,
    bytes: (draft.bytes as number) || null,
  }
}

export function draftOf(raw: unknown): Draft {
  const draft = raw as Raw
  return {
    ...summaryOf(raw),
    problems: ((draft.problems as unknown[]) ?? []).map(problemOf),
    notes: ((draft.notes as unknown[]) ?? []).map(problemOf),
    progress: (draft.progress as DraftProgress) ?? null,
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

export function fileOf(raw: unknown): DraftFile {
  const file = raw as Raw
  const url = (file.url as string) ?? null
  const { width, height } = file as { width?: number; height?: number }
  return {
    key: String(file.no),
    name: nameIn(url) ?? String(file.no),
    url,
    state: FILE_STATES[String(file.state)] ?? 'waiting',
    bytes: (file.bytes as number) || null,
    total: null,
    kind:
      [file.format, width && height ? `${width}×${height}` : null].filter(Boolean).join(' ') ||
      null,
    error: (file.why as string) ?? null,
  }
}

/** The files as they stand with those under way, which only the stream knows. */
export function withRunning(files: DraftFile[], progress: DraftProgress | null): DraftFile[] {
  const running = new Map(progress?.running.map(file => [file.url, file]))
  return files.map(file => {
    const now = file.state === 'waiting' && file.url ? running.get(file.url) : undefined
    if (!now || now.phase === 'waiting') return file
    const total = now.totalBytes > 0 ? now.totalBytes : null
    return {
      ...file,
      state: now.phase === 'complete' ? 'complete' : 'active',
      bytes: now.bytes,
      total,
    }
  })
}

const nameIn = (url: string | null): string | null =>
  url ? decodeURIComponent(url.split(/[?#]/)[0]?.split('/').pop() ?? url) || url : null

export function findingOf(raw: unknown): Finding {
  const { rule, demands, file, pointer, detail, severity } = raw as Raw
  return {
    code: String(rule ?? ''),
    demands: (demands as string) ?? null,
    file: String(file ?? ''),
    pointer: String(pointer ?? ''),
    detail: String(detail ?? ''),
    severity: severity === 'warning' ? 'warning' : 'error',
  }
}

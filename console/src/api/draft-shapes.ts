import type { Wire } from './client'
import {
  DRAFT_STATES,
  type Draft,
  type DraftFile,
  type DraftProgress,
  type DraftSummary,
  type Finding,
} from './types'

// 0 stands for "not known yet" in the sizes of a draft; the pages see null.

const FILE_STATES: Record<string, DraftFile['state']> = {
  waiting: 'waiting',
  done: 'complete',
  failed: 'failed',
}

type Common = Pick<
  Wire['DraftSummary'],
  'name' | 'title' | 'taskId' | 'state' | 'createdAt' | 'files' | 'bytes' | 'durationMicros'
>

export const summaryOf = (raw: Common): DraftSummary => ({
  name: raw.name,
  title: raw.title,
  taskId: raw.taskId ?? null,
  state: DRAFT_STATES.find(state => state === raw.state) ?? 'waiting',
  createdAt: raw.createdAt,
  durationMs: raw.durationMicros ? raw.durationMicros / 1000 : null,
  files: raw.files,
  bytes: raw.bytes || null,
})

export const draftOf = (raw: Wire['DraftView']): Draft => ({
  ...summaryOf(raw),
  problems: raw.problems,
  notes: raw.notes,
  progress: raw.progress ?? null,
})

export function fileOf(raw: Wire['FileView']): DraftFile {
  const { no, url, state, bytes, why, format, width, height } = raw
  const size = width && height ? `${width}×${height}` : null
  return {
    key: String(no),
    name: nameIn(url) ?? String(no),
    url,
    state: FILE_STATES[state] ?? 'waiting',
    bytes: bytes || null,
    total: null,
    kind: [format, size].filter(Boolean).join(' ') || null,
    error: why ?? null,
  }
}

/**
 * The files as they stand with those under way, which only the stream knows. The list learns of
 * finished ones at the end of the whole download: until then one that was under way and is not any
 * more counts as complete, as long as nothing failed.
 */
export function withRunning(
  files: DraftFile[],
  progress: DraftProgress | null,
  seen: ReadonlySet<string> = new Set(),
): DraftFile[] {
  const running = new Map(progress?.running.map(file => [file.url, file]))
  return files.map(file => {
    if (!progress || file.state !== 'waiting' || !file.url) return file
    const now = running.get(file.url)
    if (!now) {
      return seen.has(file.url) && progress.failed === 0 ? { ...file, state: 'complete' } : file
    }
    if (now.phase === 'waiting') return file
    const total = now.totalBytes > 0 ? now.totalBytes : null
    const state = now.phase === 'complete' ? 'complete' : 'active'
    return { ...file, state, bytes: now.bytes, total }
  })
}

function nameIn(url: string): string | null {
  const last = url.split(/[?#]/)[0]?.split('/').pop()
  if (!last) return url || null
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

export const findingOf = (raw: Wire['FindingView']): Finding => ({
  code: raw.rule,
  demands: raw.demands,
  file: raw.file,
  pointer: raw.pointer,
  detail: raw.detail,
  severity: raw.severity === 'warning' ? 'warning' : 'error',
})

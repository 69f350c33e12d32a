import type { HealthFinding } from '@/api/health-shapes'
import { bytes, duration, exactTime, type Language } from './format'
import { milliseconds } from './iso-duration'

type Facts = HealthFinding['facts']

/** What to do about a failure of the store, by its reason. */
export const REMEDIES: Record<string, string> = {
  'disk-full': '磁盘或文件上限已满，请释放空间或调高上限',
  'read-only': '文件不可写，请授予当前用户写入该文件及其文件夹的权限',
  locked: '文件被其他进程占用，请停止该进程',
  io: '读写文件失败，请检查磁盘和文件夹',
  corrupt: '文件已损坏，请停止服务、保留副本并恢复备份',
}

const because = (facts: Facts) => REMEDIES[String(facts.reason)] ?? String(facts.said)
const size = (facts: Facts) => bytes(Number(facts.bytes))
const lasting = (facts: Facts) => duration(milliseconds(String(facts.for)), 'zh')

/** What the server finds out about its parts, in Chinese; its own text is English. */
export const FINDING_WORDS: Record<string, (facts: Facts) => string> = {
  'store-well': facts => `位置 ${facts.position}`,
  'store-writes-fail': facts =>
    `自 ${exactTime(String(facts.since))} 起写入失败：${because(facts)}。`,
  'store-damaged': () => '数据库文件已损坏：请恢复备份。',
  'store-foreign-write': facts =>
    `另一个进程在 ${exactTime(String(facts.at))} 绕过本服务写入了数据库文件：缓存已清空，请找到并停止该进程。`,
  'store-folding-fails': facts =>
    `预写日志无法并入文件，正在变长，每秒重试一次：${because(facts)}。`,
  'store-log-long': facts =>
    `预写日志已有 ${size(facts)}，因为一个读取一直占着快照：最早的读取在 ${facts.caller}，已持续 ${lasting(facts)}。请结束它，或分小段读取。`,
  'store-log-held-elsewhere': facts =>
    `预写日志已有 ${size(facts)}，因为一个读取一直占着快照，但不在本进程内：请查找其他进程并结束它。`,
  followers: facts => `${facts.count} 个跟随者`,
  'follower-lost': facts => `${facts.follower} 落后太多而失去位置（${facts.asOf}）：请重建。`,
  'follower-parked': facts => `${facts.follower} 停在 ${facts.asOf}：请重新驱动。`,
  'disk-free': facts => `${facts.folder} 可用 ${size(facts)}`,
  'disk-little': facts => `${facts.folder} 仅剩 ${size(facts)}，请释放一些空间。`,
  'disk-full-soon': facts => `${facts.folder} 仅剩 ${size(facts)}，写入即将失败，请立即释放空间。`,
  'disk-unreadable': facts => `无法查看 ${facts.folder}：${facts.said}`,
  'task-types': facts => `${facts.count} 种任务类型`,
  'tasks-outcomes-wait': facts => `任务的结果正等待写入：${because(facts)}。`,
  'draft-folder': facts => `草稿写入 ${facts.folder}`,
  'draft-folder-unwritable': facts =>
    `无法写入文件夹 ${facts.folder}：请修正其权限或设置 draft.root。`,
}

/** A finding in the reader's language. */
export function findingText(finding: HealthFinding, language: Language): string {
  const words = language === 'zh' ? FINDING_WORDS[finding.code] : undefined
  return words ? words(finding.facts) : finding.text
}

/** How a part is, in the reader's language; an outside application may have only a detail. */
export const partText = (
  part: { detail: string | null; findings: HealthFinding[] },
  language: Language,
): string | null =>
  part.findings.length
    ? part.findings.map(finding => findingText(finding, language)).join(' ')
    : part.detail

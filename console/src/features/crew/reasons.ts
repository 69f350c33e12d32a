import type { Language } from '@/lib/format'

type Say = (...parts: string[]) => string

/**
 * What the server says about runs and gates, as it says it, and the same in Chinese. Rests of a text
 * (the last part) may be such a text themselves.
 */
const CHINESE: [RegExp, Say][] = [
  [
    /^stage '(.+?)' was stopped while at work: (.+)$/s,
    (stage, why) => `阶段“${stage}”因过程指标未达标而中止：${why}`,
  ],
  [
    /^the sync point of stage '(.+?)' did not pass: (.+)$/s,
    (stage, why) => `阶段“${stage}”未通过同步点：${why}`,
  ],
  [
    /^the entry gate of stage '(.+?)' did not pass: (.+)$/s,
    (stage, why) => `阶段“${stage}”未达到进入条件：${why}`,
  ],
  [
    /^stage '(.+?)' was not through within its time limit of (\S+)$/,
    (stage, limit) => `阶段“${stage}”未在时限 ${limit} 内完成`,
  ],
  [/^task '(.+?)' failed: (.+)$/s, (task, why) => `任务“${task}”失败：${why}`],
  [/^task \S+ is dead: (.+)$/s, why => why],
  [/^task \S+ is cancelled$/, () => '任务已取消'],
  [
    /^the share that agrees on '(.*?)' is ([\d.]+); otherwise think (.+)$/,
    (conclusion, share, who) => `同意“${conclusion}”的占 ${share}，意见不同的有 ${who}`,
  ],
  [
    /^the share that agrees on '(.*?)' is ([\d.]+)$/,
    (conclusion, share) => `同意“${conclusion}”的占 ${share}`,
  ],
  [
    /^(\S+) is not (>=|<=|==|!=|>|<) (.+)$/,
    (actual, sign, wanted) => `实际为 ${actual}，要求 ${sign} ${wanted}`,
  ],
  [/^(.+?) did not approve: (.+)$/s, (who, why) => `${who} 未批准：${why}`],
  [/^(.+?) did not approve$/, who => `${who} 未批准`],
  [/^nobody approved within (\S+)$/, limit => `${limit} 内无人批准`],
  [
    /^the program ended with (\d+): (.*)$/s,
    (code, output) => `程序以退出码 ${code} 结束：${output}`,
  ],
  [
    /^nobody answered for (\S+) within (\S+?); roll the run back.*$/s,
    (agent, limit) => `${limit} 内没有人代 ${agent} 答复；回退到该阶段可再次询问`,
  ],
]

/** A criterion before its reason. */
const CRITERION = /^([\w.-]+): (.+)$/s

/** A reason in the reader's language where the server's words are known, else as it is. */
export function reasonText(text: string, language: Language): string {
  if (language !== 'zh') return text
  return text.split('; ').reduce<string[]>(joined, []).map(chinese).join('；')
}

/** Parts that only look like two: what a text says may have a semicolon of its own. */
function joined(parts: string[], part: string): string[] {
  const last = parts.at(-1)
  if (last !== undefined && /^(otherwise think|roll the run back)/.test(part)) {
    return [...parts.slice(0, -1), `${last}; ${part}`]
  }
  return [...parts, part]
}

function chinese(text: string): string {
  for (const [pattern, say] of CHINESE) {
    const found = pattern.exec(text)
    if (found) {
      const parts = found.slice(1)
      const rest = parts.at(-1)
      return say(...parts.slice(0, -1), ...(rest === undefined ? [] : [chinese(rest)]))
    }
  }
  const criterion = CRITERION.exec(text)
  const reason = criterion?.[2]
  if (!criterion || reason === undefined) return text
  const said = chinese(reason)
  return said === reason ? text : `${criterion[1]}：${said}`
}

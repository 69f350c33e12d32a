/** Numbers, sizes and times as people read them. The exact value belongs into a title. */

export type Language = 'zh' | 'en'

export const UNKNOWN = '–'

const SCALES: [number, string][] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** 1,204 stays whole; from ten thousand on 12.4 k. */
export function count(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return UNKNOWN
  if (Math.abs(value) < 10_000) return Math.round(value).toLocaleString('en-US')
  return scaled(value)
}

export const exactCount = (value: number | null | undefined): string =>
  value == null ? UNKNOWN : value.toLocaleString('en-US')

function scaled(value: number): string {
  for (const [size, unit] of SCALES) {
    // 999,950 would round to 1000.0 k: the next unit takes over a little earlier.
    if (Math.abs(value) >= size * 0.99995) return `${trim(value / size)} ${unit}`
  }
  return trim(value)
}

/** At most three significant digits, without trailing zeros. */
function trim(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : 1
  return value.toFixed(digits).replace(/\.0$/, '')
}

/** Events a second. */
export function rate(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return UNKNOWN
  if (value === 0) return '0/s'
  if (value < 10) return `${trim(value)}/s`
  return `${count(value)}/s`
}

export function bytes(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return UNKNOWN
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let size = value
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit === 0 ? Math.round(size) : trim(size)} ${units[unit]}`
}

const WORDS = {
  en: {
    s: ' s',
    m: ' m',
    h: ' h',
    d: ' d',
    now: 'just now',
    units: { s: 's', m: 'min', h: 'h', d: 'd' },
    ago: (text: string) => `${text} ago`,
    ahead: (text: string) => `in ${text}`,
  },
  zh: {
    s: ' 秒',
    m: ' 分',
    h: ' 小时',
    d: ' 天',
    now: '刚刚',
    units: { s: '秒', m: '分钟', h: '小时', d: '天' },
    ago: (text: string) => `${text}前`,
    ahead: (text: string) => `${text}后`,
  },
} as const

/** 340 µs, 1.2 ms, 840 ms, 3.2 s, 3 m 20 s, 2 h 5 m, 3 d 4 h. */
export function duration(ms: number | null | undefined, language: Language): string {
  if (ms == null || !Number.isFinite(ms)) return UNKNOWN
  const words = WORDS[language]
  // Whole milliseconds say 0 for whatever was faster.
  if (ms < 0.001) return '<1 ms'
  if (ms < 1) return `${Math.round(ms * 1000)} µs`
  if (ms < 10) return `${trim(ms)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${trim(ms / 1000)}${words.s}`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return pair(Math.floor(seconds / 60), words.m, seconds % 60, words.s)
  const minutes = Math.round(seconds / 60)
  if (minutes < 1440) return pair(Math.floor(minutes / 60), words.h, minutes % 60, words.m)
  const hours = Math.round(minutes / 60)
  return pair(Math.floor(hours / 24), words.d, hours % 24, words.h)
}

const pair = (big: number, bigUnit: string, small: number, smallUnit: string) =>
  small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit} ${small}${smallUnit}`

/** 2 min ago, or in 3 min when the time is still to come. */
export function ago(at: string | null | undefined, now: number, language: Language): string {
  if (!at) return UNKNOWN
  const words = WORDS[language]
  const difference = now - Date.parse(at)
  const seconds = Math.round(Math.abs(difference) / 1000)
  if (seconds < 2) return words.now
  const [amount, unit] =
    seconds < 60
      ? [seconds, words.units.s]
      : seconds < 3600
        ? [Math.round(seconds / 60), words.units.m]
        : seconds < 86_400
          ? [Math.round(seconds / 3600), words.units.h]
          : [Math.round(seconds / 86_400), words.units.d]
  const text = `${amount} ${unit}`
  return difference >= 0 ? words.ago(text) : words.ahead(text)
}

const two = (value: number) => String(value).padStart(2, '0')

/** Local time to the millisecond, with its zone: for titles. */
export function exactTime(at: string | null | undefined): string {
  if (!at) return UNKNOWN
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return at
  const offset = -time.getTimezoneOffset()
  const sign = offset < 0 ? '-' : '+'
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${day(time)} ${clock(time)}.${String(time.getMilliseconds()).padStart(3, '0')} ${zone}`
}

const day = (time: Date) =>
  `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`

const clock = (time: Date) =>
  `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`

/** 14:03:22 of today, 11-20 14:03 of another day. */
export function shortTime(at: string | null | undefined, now: number): string {
  if (!at) return UNKNOWN
  const time = new Date(at)
  if (day(time) === day(new Date(now))) return clock(time)
  return `${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock(time).slice(0, 5)}`
}

/** The end of an id tells it from its neighbours; the beginning is a time. */
export const shortId = (id: string): string => id.slice(-8)

export function percent(share: number): string {
  const value = Math.max(0, Math.min(1, share)) * 100
  return `${value > 0 && value < 10 ? trim(value) : Math.floor(value)} %`
}

import { describe, expect, it } from 'vitest'
import * as format from '@/lib/format'

const now = Date.parse('2026-11-22T10:00:00Z')
const past = (ms: number) => new Date(now - ms).toISOString()

describe('numbers', () => {
  it('keeps four digits whole and shortens longer ones', () => {
    expect(format.count(0)).toBe('0')
    expect(format.count(1204)).toBe('1,204')
    expect(format.count(12_400)).toBe('12.4 k')
    expect(format.count(100_000)).toBe('100 k')
    expect(format.count(999_960)).toBe('1 M')
    expect(format.count(3_140_000)).toBe('3.1 M')
  })

  it('shows the unknown as a dash, never as zero', () => {
    expect(format.count(null)).toBe('–')
    expect(format.count(undefined)).toBe('–')
    expect(format.count(Number.NaN)).toBe('–')
    expect(format.bytes(null)).toBe('–')
    expect(format.rate(undefined)).toBe('–')
    expect(format.duration(null, 'en')).toBe('–')
  })

  it('rounds rates to what can be read', () => {
    expect(format.rate(0)).toBe('0/s')
    expect(format.rate(0.42)).toBe('0.4/s')
    expect(format.rate(1204.4)).toBe('1,204/s')
    expect(format.rate(86_000)).toBe('86 k/s')
  })

  it('sizes in decimal units', () => {
    expect(format.bytes(0)).toBe('0 B')
    expect(format.bytes(999)).toBe('999 B')
    expect(format.bytes(12_400_000)).toBe('12.4 MB')
    expect(format.bytes(999_600)).toBe('1 MB')
  })

  it('shares as per cent that reach 100 only at the end', () => {
    expect(format.percent(0)).toBe('0 %')
    expect(format.percent(0.036)).toBe('3.6 %')
    expect(format.percent(0.999)).toBe('99 %')
    expect(format.percent(1)).toBe('100 %')
    expect(format.percent(7)).toBe('100 %')
  })
})

describe('durations', () => {
  it('takes the two largest units', () => {
    expect(format.duration(0.34, 'en')).toBe('340 µs')
    expect(format.duration(1.24, 'en')).toBe('1.2 ms')
    expect(format.duration(840, 'en')).toBe('840 ms')
    expect(format.duration(3200, 'en')).toBe('3.2 s')
    expect(format.duration(200_000, 'en')).toBe('3 m 20 s')
    expect(format.duration(7_500_000, 'en')).toBe('2 h 5 m')
    expect(format.duration(273_600_000, 'en')).toBe('3 d 4 h')
  })

  it('never shows 60 of a unit', () => {
    expect(format.duration(59_990, 'en')).toBe('1 m')
    expect(format.duration(3_599_800, 'en')).toBe('1 h')
  })

  it('speaks Chinese', () => {
    expect(format.duration(200_000, 'zh')).toBe('3 分 20 秒')
    expect(format.duration(7_500_000, 'zh')).toBe('2 小时 5 分')
  })
})

describe('moments', () => {
  it('says how long ago', () => {
    expect(format.ago(past(500), now, 'en')).toBe('just now')
    expect(format.ago(past(12_000), now, 'en')).toBe('12 s ago')
    expect(format.ago(past(120_000), now, 'zh')).toBe('2 分钟前')
    expect(format.ago(past(-180_000), now, 'en')).toBe('in 3 min')
    expect(format.ago(past(-180_000), now, 'zh')).toBe('3 分钟后')
    expect(format.ago(null, now, 'en')).toBe('–')
  })

  it('gives the exact local time with its zone', () => {
    expect(format.exactTime('2026-11-22T10:04:05.120Z')).toBe('2026-11-22 10:04:05.120 +00:00')
    expect(format.exactTime(null)).toBe('–')
  })

  it('names the day only when it is another one', () => {
    expect(format.shortTime('2026-11-22T08:15:00Z', now)).toBe('08:15:00')
    expect(format.shortTime('2026-11-20T08:15:00Z', now)).toBe('11-20 08:15')
  })
})

it('tells ids apart by their end', () => {
  expect(format.shortId('0193f0c1-5d2e-7c3a-8f00-5b1d2c3e4f50')).toBe('2c3e4f50')
})

import { describe, expect, it } from 'vitest'
import type { BenchResult, CrewProcess, CrewRun, CrewStage, CrewSync, Plan } from '@/api/crew'
import { linesOf } from '@/components/ui/sync/metrics'
import { isNarrowed, queryOf } from '@/features/crew/decisions/filters'
import { nodesOf } from '@/features/crew/decisions/network'
import { alertsOf } from '@/features/crew/executions/alerts'
import { pointsOf } from '@/features/crew/executions/days'
import { barsOf, criticalStages, piecesOf } from '@/features/crew/plan/shape'
import { reasonText } from '@/features/crew/reasons'
import { readingsOf, readingsOfProcess } from '@/features/crew/runs/gate'
import { storyOf, storyOfLog } from '@/features/crew/runs/story'

const task = (id: string, stage: string, hours: number, ...dependsOn: string[]) => ({
  id,
  stage,
  hours,
  agent: id,
  dependsOn,
})

const plan = {
  stages: [
    { name: 'design', mode: 'parallel', tasks: ['a', 'b'], dependsOn: [] },
    { name: 'build', mode: 'sequential', tasks: ['c', 'd'], dependsOn: ['design'] },
    { name: 'docs', mode: 'parallel', tasks: ['e'], dependsOn: ['design'] },
  ],
  tasks: [
    task('a', 'design', 1),
    task('b', 'design', 2),
    task('c', 'build', 1),
    task('d', 'build', 1.5, 'c'),
    task('e', 'docs', 1),
  ],
  schedule: { criticalPath: ['b', 'c', 'd'] },
} as unknown as Plan

describe('a plan', () => {
  it('shows when each stage would be at work', () => {
    const hours = barsOf(plan).map(bar => [
      bar.name,
      Date.parse(bar.startedAt ?? '') / 3_600_000,
      Date.parse(bar.finishedAt ?? '') / 3_600_000,
    ])
    expect(hours).toEqual([
      ['design', 0, 2],
      ['build', 2, 4.5],
      ['docs', 2, 3],
    ])
  })

  it('names the stages of the critical path once each', () => {
    expect(criticalStages(plan)).toEqual(['design', 'build'])
  })
})

describe('the marks in a request', () => {
  const text = '实现用户登录，包括JWT认证'
  const at = (matched: string, rule: string) => ({ rule, matched, at: text.indexOf(matched) })

  it('cut it without losing a character', () => {
    const pieces = piecesOf(text, [at('JWT', 'token'), at('登录', 'login'), at('认证', 'security')])
    expect(pieces.map(piece => piece.text).join('')).toBe(text)
    expect(pieces.filter(piece => piece.rules.length > 0).map(piece => piece.text)).toEqual([
      '登录',
      'JWT',
      '认证',
    ])
  })

  it('name every rule of a text that several have found, also within another', () => {
    const pieces = piecesOf(text, [
      at('实现', 'build'),
      at('实现', 'construction'),
      at('用户登录', 'login'),
      at('登录', 'account'),
    ])
    expect(pieces[0]).toEqual({ text: '实现', rules: ['build', 'construction'] })
    expect(pieces[1]).toEqual({ text: '用户登录', rules: ['login', 'account'] })
  })
})

const stage = (change: object): CrewStage =>
  ({
    name: 'quality',
    state: 'completed',
    tasks: [],
    sync: null,
    startedAt: '2026-11-22T10:00:00Z',
    endedAt: '2026-11-22T10:05:00Z',
    ...change,
  }) as unknown as CrewStage

describe('the story of a run', () => {
  const run = {
    startedAt: '2026-11-22T09:59:59Z',
    endedAt: '2026-11-22T10:05:00Z',
    definition: 'crew-login',
    failure: 'coverage is too low',
    stages: [
      stage({
        state: 'failed',
        sync: { status: 'failed', failed: ['coverage: 50 is not >80'], by: null },
        tasks: [
          {
            agent: 'test-engineer',
            state: 'completed',
            startedAt: '2026-11-22T10:00:00Z',
            endedAt: '2026-11-22T10:05:00Z',
            result: { conclusion: 'red' },
          },
          {
            agent: 'security-auditor',
            state: 'failed',
            startedAt: '2026-11-22T10:00:00Z',
            endedAt: '2026-11-22T10:01:00Z',
            error: 'exit code 2',
          },
        ],
      }),
    ],
  } as unknown as CrewRun

  it('is told from the end to the beginning, with what was said', () => {
    expect(storyOf(run).map(({ kind, agent, detail }) => [kind, agent, detail])).toEqual([
      ['ended', undefined, 'coverage is too low'],
      ['syncFailed', undefined, 'coverage: 50 is not >80'],
      ['taskCompleted', 'test-engineer', 'red'],
      ['taskFailed', 'security-auditor', 'exit code 2'],
      ['taskStarted', 'test-engineer', undefined],
      ['taskStarted', 'security-auditor', undefined],
      ['stageStarted', undefined, undefined],
      ['started', undefined, 'crew-login'],
    ])
  })
})

it('tells the log of a run, each end with where the run stood then', () => {
  const line = (type: string, detail: string | null, agent: string | null = null) => ({
    id: 1,
    workflow: 'w',
    at: '2026-11-22T10:00:00Z',
    type,
    stage: 'quality',
    agent,
    detail,
  })
  const story = storyOfLog([
    line('workflow.ended', 'failed: the gate: coverage is 50'),
    line('quality.gate-failed', 'coverage: 50'),
    line('sync.failed', 'coverage: 50'),
    line('quality.gate-retried', '1'),
    line('task.completed', 'skipped', 'test-engineer'),
    line('something.new', null),
  ])
  expect(story.map(({ kind, state, detail }) => [kind, state, detail])).toEqual([
    ['ended', 'failed', 'the gate: coverage is 50'],
    ['syncFailed', undefined, 'coverage: 50'],
    ['gateRetried', undefined, undefined],
    ['taskSkipped', undefined, undefined],
  ])
})

describe('a gate', () => {
  const sync = (change: object): CrewSync =>
    ({
      criteria: { api_compat: '==100' },
      gate: { coverage: '>80' },
      metrics: {},
      failed: [],
      status: 'waiting',
      ...change,
    }) as unknown as CrewSync
  const measured = stage({ tasks: [{ result: { metrics: { coverage: 91 } } }] })

  it('shows what was measured, and that nobody knows the rest', () => {
    expect(readingsOf(measured.tasks, sync({}))).toEqual([
      { metric: 'api_compat', rule: '==100', value: undefined, holds: null },
      { metric: 'coverage', rule: '>80', value: 91, holds: null },
    ])
  })

  it('takes what was handed in before what was measured, and says what did not hold', () => {
    const failed = sync({
      status: 'failed',
      metrics: { coverage: 50, api_compat: 100 },
      failed: ['coverage: 50 is not >80'],
    })
    expect(readingsOf(measured.tasks, failed).map(each => [each.value, each.holds])).toEqual([
      [100, true],
      [50, false],
    ])
  })
})

it('searches whole days of the reader', () => {
  const query = queryOf({ q: 'sqlite', tag: 'a,b', from: '2026-11-01', to: '2026-11-22' })
  expect(query.tag).toEqual(['a', 'b'])
  expect(Date.parse(query.to ?? '') - Date.parse(query.from ?? '')).toBe(22 * 86_400_000)
  expect(queryOf({ from: 'yesterday', status: 'nonsense' })).toMatchObject({
    from: undefined,
    status: undefined,
  })
  expect(isNarrowed(queryOf({ tab: 'decisions' }))).toBe(false)
})

it('leads a network of decisions from the older to the newer', () => {
  const nodes = nodesOf({
    nodes: [
      { id: 'shop:ADR-0002', kind: 'decision', title: 'PostgreSQL', state: 'accepted' },
      { id: 'shop:ADR-0001', kind: 'decision', title: 'SQLite', state: 'superseded' },
      { id: 'shop:ADR-0002/1', kind: 'impact', title: 'faster', state: 'positive' },
    ],
    edges: [
      { from: 'shop:ADR-0002', to: 'shop:ADR-0001', kind: 'supersedes' },
      { from: 'shop:ADR-0002', to: 'shop:ADR-0002/1', kind: 'impacts' },
    ],
    cut: false,
  })
  expect(nodes.map(({ name, label, after }) => [name, label, after])).toEqual([
    ['shop:ADR-0002', 'ADR-0002 PostgreSQL', ['shop:ADR-0001']],
    ['shop:ADR-0001', 'ADR-0001 SQLite', []],
    ['shop:ADR-0002/1', 'faster', ['shop:ADR-0002']],
  ])
})

it('reads metrics by the line', () => {
  expect(linesOf('coverage = 91\nready = true\n\nname = x\nbroken')).toEqual({
    coverage: 91,
    ready: true,
    name: 'x',
  })
})

it('tells gates before and within a stage apart from those at its end', () => {
  const line = (type: string, gate: string | null) => ({
    id: 1,
    workflow: 'w',
    at: '2026-11-22T10:00:00Z',
    type,
    stage: '测试',
    agent: null,
    detail: 'x',
    gate,
  })
  const kinds = storyOfLog([
    line('sync.waiting', 'entry'),
    line('sync.waiting', 'exit'),
    line('sync.passed', 'entry'),
    line('sync.failed', 'entry'),
    line('sync.failed', null),
    line('quality.gate-failed', 'entry'),
    line('quality.gate-failed', 'process'),
    line('quality.gate-warned', 'process'),
  ]).map(({ kind }) => kind)
  expect(kinds).toEqual([
    'entryWaiting',
    'syncWaiting',
    'entryPassed',
    'entryFailed',
    'syncFailed',
    'processFailed',
    'processWarned',
  ])
})

it('says of a stage at work what holds, what does not, and what nobody knows yet', () => {
  const process = {
    rules: { tests_passed: '>80', security: '>8', coverage: '>50' },
    metrics: { tests_passed: 40, coverage: 91 },
    failed: ['tests_passed: 40 is not > 80'],
  } as unknown as CrewProcess
  expect(readingsOfProcess(process).map(({ metric, holds }) => [metric, holds])).toEqual([
    ['tests_passed', false],
    ['security', null],
    ['coverage', true],
  ])
})

describe('charts', () => {
  it('have a point for each day, also where nothing was checked', () => {
    const points = pointsOf([
      { name: '2026-11-20', checks: 4, passed: 3 },
      { name: '2026-11-22', checks: 2, passed: 2 },
    ])
    expect(points).toEqual([
      { label: '11-20', values: { rate: 0.75 }, weight: 4 },
      { label: '11-21', values: { rate: undefined }, weight: 0 },
      { label: '11-22', values: { rate: 1 }, weight: 2 },
    ])
    expect(pointsOf([])).toEqual([])
  })

  it('warn of plans that take long, and of a rate far below the usual one', () => {
    const bench = (rate: number, p95: number, users = 10) =>
      ({ rate, p95, users, template: null }) as BenchResult
    const usual = [bench(100, 1), bench(110, 1), bench(90, 1), bench(1_000, 1, 1)]
    expect(alertsOf([])).toEqual([])
    expect(alertsOf([bench(85, 99), ...usual])).toEqual([])
    expect(alertsOf([bench(79, 101), ...usual])).toEqual([
      { kind: 'notInTime', usual: 0 },
      { kind: 'slower', usual: 100 },
    ])
    expect(alertsOf([bench(10, 1), bench(100, 1)])).toEqual([])
  })
})

it('says in Chinese why a run failed, and leaves what it does not know as it is', () => {
  const zh = (text: string) => reasonText(text, 'zh')
  expect(zh("stage '测试' was stopped while at work: tests_passed: 40 is not >= 60")).toBe(
    '阶段“测试”因过程指标未达标而中止：tests_passed：实际为 40，要求 >= 60',
  )
  expect(
    zh("the sync point of stage 'quality' did not pass: coverage: 50 is not > 80; x: 1 is not < 0"),
  ).toBe('阶段“quality”未通过同步点：coverage：实际为 50，要求 > 80；x：实际为 1，要求 < 0')
  expect(zh("agreement: the share that agrees on 'a' is 0.5; otherwise think b, c")).toBe(
    'agreement：同意“a”的占 0.5，意见不同的有 b, c',
  )
  expect(zh("task 'a' failed: task 01-2 is dead: the program ended with 3: no: such file")).toBe(
    '任务“a”失败：程序以退出码 3 结束：no: such file',
  )
  expect(zh('https://x: something new')).toBe('https://x: something new')
  expect(reasonText('40 is not >= 60', 'en')).toBe('40 is not >= 60')
})

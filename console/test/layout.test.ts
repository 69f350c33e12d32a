import { expect, it } from 'vitest'
import { layOut, pathOf } from '@/components/ui/graph/layout'

const SIZE = { width: 100, height: 40, gapX: 50, gapY: 10 }
const node = (name: string, ...after: string[]) => ({ name, after })

const overlaps = (nodes: { x: number; y: number }[]) =>
  nodes.some((a, i) =>
    nodes.some((b, j) => i < j && a.x === b.x && Math.abs(a.y - b.y) < SIZE.height),
  )

it('puts every node to the right of what it waits for', () => {
  const graph = [
    node('d', 'b', 'c'),
    node('b', 'a'),
    node('c', 'a'),
    node('a'),
    node('e', 'a', 'd'),
  ]
  const { nodes, routes, width } = layOut(graph, SIZE)
  const at = new Map(nodes.map(each => [each.name, each]))
  for (const { name, after } of graph) {
    for (const before of after) {
      expect(at.get(name)?.x, `${before} → ${name}`).toBeGreaterThan(at.get(before)?.x ?? 0)
    }
  }
  expect(routes).toHaveLength(6)
  expect(width).toBe(4 * 100 + 3 * 50)
  expect(overlaps(nodes)).toBe(false)
})

it('leads an edge over columns through a place of its own', () => {
  const { routes } = layOut([node('a'), node('b', 'a'), node('c', 'b', 'a')], SIZE)
  const long = routes.find(route => route.from === 'a' && route.to === 'c')
  expect(long?.points).toHaveLength(4)
  const short = routes.find(route => route.from === 'a' && route.to === 'b')
  expect(long?.points[1]?.y).not.toBe(short?.points[1]?.y)
})

it('untangles what need not cross', () => {
  const { nodes } = layOut(
    [node('a'), node('b'), node('c'), node('z', 'a'), node('y', 'b'), node('x', 'c')],
    SIZE,
  )
  const y = (name: string) => nodes.find(each => each.name === name)?.y
  expect([y('z'), y('y'), y('x')]).toEqual([y('a'), y('b'), y('c')])
})

it('lays out the largest workflow in a blink', () => {
  const graph = Array.from({ length: 200 }, (_, i) =>
    node(`s${i}`, ...[i - 1, i - 3, i - 10].filter(each => each >= 0).map(each => `s${each}`)),
  )
  const started = performance.now()
  const { nodes } = layOut(graph, SIZE)
  expect(nodes).toHaveLength(200)
  expect(overlaps(nodes)).toBe(false)
  expect(performance.now() - started).toBeLessThan(1_000)
})

it('lays out nothing, and ignores what is not there', () => {
  expect(layOut([], SIZE).nodes).toEqual([])
  expect(layOut([node('a'), node('b', 'a', 'gone')], SIZE).nodes).toHaveLength(2)
})

it('draws level lines and soft bends', () => {
  expect(
    pathOf([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ]),
  ).toBe('M0 0H10')
  expect(
    pathOf([
      { x: 0, y: 0 },
      { x: 10, y: 8 },
    ]),
  ).toBe('M0 0C5 0 5 8 10 8')
})

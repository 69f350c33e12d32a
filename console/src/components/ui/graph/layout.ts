/** Places the nodes of a graph without cycles in columns, so that every edge leads to the right. */

export interface Placed {
  name: string
  x: number
  y: number
}

export interface Route {
  from: string
  to: string
  /** Through the columns between, from the right side of one node to the left side of the other. */
  points: { x: number; y: number }[]
}

export interface Layout {
  nodes: Placed[]
  routes: Route[]
  width: number
  height: number
}

export interface Size {
  width: number
  height: number
  gapX: number
  gapY: number
}

interface Cell {
  name: string
  column: number
  /** A bend of an edge that spans columns takes less room than a node. */
  bend: boolean
  before: Cell[]
  after: Cell[]
  order: number
}

const SWEEPS = 8
const BEND_HEIGHT = 14

export function layOut(nodes: { name: string; after: string[] }[], size: Size): Layout {
  const cells = cellsOf(nodes)
  const chains = nodes.flatMap(node =>
    node.after.flatMap(before => {
      const from = cells.get(before)
      const to = cells.get(node.name)
      return from && to ? [chain(from, to)] : []
    }),
  )
  const columns = columnsOf([...cells.values()], chains)
  untangle(columns)
  return place(columns, chains, size)
}

/** The column of a node is the length of the longest way to it. */
function cellsOf(nodes: { name: string; after: string[] }[]): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  const wanted = new Map(nodes.map(node => [node.name, node.after]))
  const columnOf = (name: string, on: Set<string>): number => {
    const known = cells.get(name)
    if (known) return known.column
    if (on.has(name)) return 0
    on.add(name)
    const before = (wanted.get(name) ?? []).filter(each => wanted.has(each))
    const column = before.reduce((most, each) => Math.max(most, columnOf(each, on) + 1), 0)
    cells.set(name, { name, column, bend: false, before: [], after: [], order: cells.size })
    return column
  }
  for (const node of nodes) columnOf(node.name, new Set())
  return cells
}

/** The cells of an edge, with a bend in each column between. */
function chain(from: Cell, to: Cell): Cell[] {
  const all = [from]
  for (let column = from.column + 1; column < to.column; column++) {
    const name = `${from.name} ${to.name} ${column}`
    all.push({ name, column, bend: true, before: [], after: [], order: from.order })
  }
  all.push(to)
  for (let i = 1; i < all.length; i++) {
    const [left, right] = [all[i - 1] as Cell, all[i] as Cell]
    left.after.push(right)
    right.before.push(left)
  }
  return all
}

function columnsOf(cells: Cell[], chains: Cell[][]): Cell[][] {
  const all = new Set([...cells, ...chains.flat()])
  const columns: Cell[][] = []
  for (const cell of all) {
    const column = columns[cell.column] ?? []
    columns[cell.column] = column
    column.push(cell)
  }
  for (const column of columns) number(column.sort((a, b) => a.order - b.order))
  return columns
}

const number = (column: Cell[]) =>
  column.forEach((cell, order) => {
    cell.order = order
  })

/** Each column in the order of its neighbours' middles, from left and from right in turn. */
function untangle(columns: Cell[][]) {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const fromLeft = sweep % 2 === 0
    for (const column of fromLeft ? columns : columns.toReversed()) {
      const middles = new Map(
        column.map(cell => [cell, middle(cell, fromLeft ? cell.before : cell.after)]),
      )
      column.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0) || a.order - b.order)
      number(column)
    }
  }
}

const middle = (cell: Cell, neighbours: Cell[]) =>
  neighbours.length
    ? neighbours.reduce((sum, each) => sum + each.order, 0) / neighbours.length
    : cell.order

function place(columns: Cell[][], chains: Cell[][], size: Size): Layout {
  const heightOf = (cell: Cell) => (cell.bend ? BEND_HEIGHT : size.height)
  const total = (column: Cell[]) =>
    column.reduce((sum, cell) => sum + heightOf(cell), 0) + size.gapY * (column.length - 1)
  const height = Math.max(0, ...columns.map(total))
  const places = new Map<Cell, Placed>()
  for (const [index, column] of columns.entries()) {
    let y = (height - total(column)) / 2
    for (const cell of column) {
      places.set(cell, { name: cell.name, x: index * (size.width + size.gapX), y })
      y += heightOf(cell) + size.gapY
    }
  }
  const routes = chains.map(cells => ({
    from: (cells[0] as Cell).name,
    to: (cells.at(-1) as Cell).name,
    points: cells.flatMap((cell, index) => {
      const { x, y } = places.get(cell) as Placed
      const at = { x, y: y + heightOf(cell) / 2 }
      const right = { x: x + size.width, y: at.y }
      if (index === 0) return [right]
      return index === cells.length - 1 ? [at] : [at, right]
    }),
  }))
  return {
    nodes: [...places].filter(([cell]) => !cell.bend).map(([, at]) => at),
    routes,
    width: columns.length * (size.width + size.gapX) - size.gapX,
    height,
  }
}

/** A line through points that leaves and arrives level. */
export function pathOf(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  let from = first
  let path = `M${first.x} ${first.y}`
  for (const to of rest) {
    const half = (to.x - from.x) / 2
    path +=
      from.y === to.y
        ? `H${to.x}`
        : `C${from.x + half} ${from.y} ${to.x - half} ${to.y} ${to.x} ${to.y}`
    from = to
  }
  return path
}

const LIMIT = 500

export type JsonPath = (string | number)[]

export const pointerOf = (path: JsonPath): string =>
  path.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Pointers of the keys and plain values that hold the text, in document order. */
export function findMatches(value: unknown, text: string): string[] {
  const wanted = text.trim().toLowerCase()
  const found: string[] = []
  if (!wanted) return found
  const visit = (node: unknown, path: JsonPath) => {
    if (found.length >= LIMIT) return
    const key = path.at(-1)
    const plain = node === null || typeof node !== 'object'
    const inKey = typeof key === 'string' && key.toLowerCase().includes(wanted)
    if (inKey || (plain && String(node).toLowerCase().includes(wanted))) found.push(pointerOf(path))
    if (plain) return
    for (const [name, child] of entriesOf(node)) visit(child, [...path, name])
  }
  visit(value, [])
  return found
}

export const entriesOf = (node: object): [string | number, unknown][] =>
  Array.isArray(node) ? node.map((child, index) => [index, child]) : Object.entries(node)

/** Every pointer on the way to one: /a/b/0 is reached through '', /a and /a/b. */
export function ancestorsOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((_, index) =>
    parts
      .slice(0, index)
      .map(part => `/${part}`)
      .join(''),
  )
}

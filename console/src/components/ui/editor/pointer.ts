import { jsonLanguage } from '@codemirror/lang-json'

export interface TextRange {
  from: number
  to: number
}

type Node = ReturnType<typeof jsonLanguage.parser.parse>['topNode']

const VALUES = new Set(['True', 'False', 'Null', 'Number', 'String', 'Object', 'Array'])

/**
 * Where a JSON pointer points to in a text. A place that is not there, such as a missing field, is
 * shown at the nearest thing around it; null for a text without any JSON.
 */
export function rangeOf(text: string, pointer: string): TextRange | null {
  const top = jsonLanguage.parser.parse(text).topNode
  let node = valuesOf(top)[0]
  if (!node) return null
  let shown = node
  for (const token of tokensOf(pointer)) {
    const property: Node | undefined =
      node.name === 'Object' ? propertyOf(node, text, token) : undefined
    const child: Node | undefined =
      node.name === 'Array' ? valuesOf(node)[Number(token)] : property && valuesOf(property)[0]
    if (!child) {
      shown = property ?? node
      break
    }
    node = child
    shown = child
  }
  const { from, to } = shown
  // A whole object would be a sea of red: its first line is enough.
  const end = text.indexOf('\n', from)
  return { from, to: end >= 0 && end < to ? end : to }
}

const tokensOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))

function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

const valuesOf = (node: Node): Node[] => childrenOf(node).filter(child => VALUES.has(child.name))

function propertyOf(node: Node, text: string, name: string): Node | undefined {
  return childrenOf(node).find(child => {
    if (child.name !== 'Property') return false
    const key = child.firstChild
    return key !== null && unquoted(text.slice(key.from, key.to)) === name
  })
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string
  } catch {
    return text
  }
}

export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length

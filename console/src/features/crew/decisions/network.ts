import type { Network } from '@/api/crew-decisions'

interface Placed {
  name: string
  label: string
  state: string
  after: string[]
}

/**
 * A network as a graph that leads to the right through time: what was superseded comes before what
 * took its place, and what came of a decision behind it.
 */
export function nodesOf({ nodes, edges }: Network): Placed[] {
  const after = new Map<string, string[]>(nodes.map(node => [node.id, []]))
  for (const { from, to, kind } of edges) {
    const [earlier, later] = kind === 'supersedes' ? [to, from] : [from, to]
    after.get(later)?.push(earlier)
  }
  return nodes.map(node => ({
    name: node.id,
    label: node.kind === 'decision' ? `${shortOf(node.id)} ${node.title}` : node.title,
    state: node.state,
    after: after.get(node.id) ?? [],
  }))
}

/** The number alone: its project is that of its neighbours more often than not. */
const shortOf = (id: string) => id.slice(id.indexOf(':') + 1)

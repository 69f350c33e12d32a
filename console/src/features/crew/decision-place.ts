/** The address of a decision: a colon in it would be refused by file systems, and so by servers. */
export function decisionAt(id: string) {
  const [project, number] = id.includes(':') ? id.split(':', 2) : ['default', id]
  return {
    to: '/crew/decisions/$project/$number' as const,
    params: { project: project as string, number: number as string },
  }
}

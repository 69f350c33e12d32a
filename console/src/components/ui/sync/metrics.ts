/** Numbers and truth values as such, anything else as text. */
function metricOf(text: string): unknown {
  const plain = text.trim()
  if (plain === 'true' || plain === 'false') return plain === 'true'
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : plain
}

export const metricsOf = (values: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value.trim() !== '')
      .map(([name, value]) => [name, metricOf(value)]),
  )

/** Lines such as `coverage = 91`. */
export const linesOf = (text: string) =>
  metricsOf(
    Object.fromEntries(
      text
        .split('\n')
        .map(line => line.split('=', 2).map(part => part.trim()))
        .filter(([name, value]) => name && value)
        .map(([name, value]) => [name as string, value as string]),
    ),
  )

/** Figures in the text format of Prometheus, those of one name added up over their labels. */
export function readMetrics(text: string): Map<string, number> {
  const figures = new Map<string, number>()
  for (const line of text.split('\n')) {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{.*\})? (\S+)/.exec(line)
    if (!match?.[1]) continue
    const value = Number(match[2])
    if (Number.isFinite(value)) figures.set(match[1], (figures.get(match[1]) ?? 0) + value)
  }
  return figures
}

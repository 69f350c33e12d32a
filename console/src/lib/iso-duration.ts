const PARTS = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** The milliseconds of an ISO 8601 duration such as PT1M30S; null if it is none. */
export function milliseconds(text: string | null | undefined): number | null {
  const found = text ? PARTS.exec(text) : null
  if (!found || text === 'P' || text?.endsWith('T')) return null
  const [days, hours, minutes, seconds] = found.slice(1).map(part => Number(part ?? 0))
  return (
    (((days as number) * 24 + (hours as number)) * 60 + (minutes as number)) * 60_000 +
    (seconds as number) * 1000
  )
}

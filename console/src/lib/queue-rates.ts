import { useSyncExternalStore } from 'react'
import { liveOverview, subscribeLive } from './live'

const KEPT = 120

let at: string | null = null
let rates: ReadonlyMap<string, number[]> = new Map()

/** The last two minutes of each queue's finished tasks a second, as the server pushed them. */
function current(): ReadonlyMap<string, number[]> {
  const overview = liveOverview()
  if (overview && overview.at !== at) {
    at = overview.at
    rates = new Map(
      overview.queues.map(queue => [
        queue.name,
        [...(rates.get(queue.name) ?? []).slice(1 - KEPT), queue.rates?.succeeded ?? 0],
      ]),
    )
  }
  return rates
}

// It listens from the start: a page that is opened later finds what came before.
subscribeLive(current)

export const useQueueRates = () => useSyncExternalStore(subscribeLive, current)

import type { Batch } from '@/api/batches'
import { StateBadge } from '@/components/ui/StateBadge'
import { useWords } from '@/i18n'

/** Where a batch stands: what became of it, or what it still is. */
export function BatchBadge({ batch, soft }: { batch: Batch; soft?: boolean }) {
  const { t } = useWords()
  const [state, word] = !batch.finishedAt
    ? batch.closed
      ? (['running', 'batches.running'] as const)
      : (['waiting', 'batches.open'] as const)
    : batch.dead
      ? (['dead', 'batches.failed'] as const)
      : batch.cancelled
        ? (['cancelled', 'state.cancelled'] as const)
        : (['succeeded', 'state.succeeded'] as const)
  return <StateBadge state={state} word={t(word)} soft={soft} />
}

import { Button, NumberInput, Popover } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { limitQueue } from '@/api/queues'
import type { Queue } from '@/api/types'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import styles from './QueuesPage.module.css'

const MOST = 4096

/** How many of a queue's places are taken; a click changes how many there are. */
export function Slots({ queue }: { queue: Queue }) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState<number | string>(queue.concurrency)
  const { counts, concurrency, name } = queue
  const limit = useMutation({
    mutationFn: (places: number) => limitQueue(name, places),
    onSuccess: (_, places) => {
      setOpen(false)
      toast({
        kind: 'done',
        text: t('queues.limitDone', { name, places }),
        action:
          places === concurrency
            ? undefined
            : { label: t('action.undo'), run: () => limit.mutate(concurrency) },
      })
    },
    onError: error => toast({ kind: 'failed', text: words(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: ['queues'] }),
  })
  const valid = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.slots}
          title={t('queues.concurrencyHint')}
          aria-label={`${t('queues.concurrency')} ${name}`}
          onClick={() => {
            setValue(concurrency)
            setOpen(!open)
          }}
        >
          <span>
            {count(counts.running)} / {count(concurrency)}
          </span>
          <span className={styles.meter}>
            <i style={{ transform: `scaleX(${Math.min(1, counts.running / concurrency)})` }} />
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.limit}
          onSubmit={event => {
            event.preventDefault()
            if (valid) limit.mutate(Number(value))
          }}
        >
          <NumberInput
            label={t('queues.concurrency')}
            min={1}
            max={MOST}
            value={value}
            onChange={setValue}
            data-autofocus
          />
          <Button type="submit" disabled={!valid} loading={limit.isPending}>
            {t('action.save')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

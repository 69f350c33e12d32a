import { Button, NumberInput, Popover } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { limitQueue, type QueueLimit } from '@/api/queues'
import type { Queue } from '@/api/types'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import { OrderSwitch } from './OrderSwitch'
import styles from './QueuesPage.module.css'

const MOST = 4096

const isPlaces = (value: number | string) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST

/** How many of a queue's places are taken; a click changes how many there are. */
export function Slots({ queue }: { queue: Queue }) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const [open, setOpen] = useState(false)
  const { counts, concurrency, name, auto } = queue
  const now: QueueLimit = auto ? { auto: { min: auto.min, max: auto.max } } : { concurrency }
  const [value, setValue] = useState<number | string>(concurrency)
  const [found, setFound] = useState(auto !== undefined)
  const [min, setMin] = useState<number | string>(auto?.min ?? 1)
  const [max, setMax] = useState<number | string>(auto?.max ?? 512)
  const limit = useMutation({
    mutationFn: (wanted: QueueLimit) => limitQueue(name, wanted),
    onSuccess: (_, wanted) => {
      setOpen(false)
      toast({
        kind: 'done',
        text: wanted.auto
          ? t('queues.autoDone', { name, min: wanted.auto.min, max: wanted.auto.max })
          : t('queues.limitDone', { name, places: wanted.concurrency }),
        action:
          JSON.stringify(wanted) === JSON.stringify(now)
            ? undefined
            : { label: t('action.undo'), run: () => limit.mutate(now) },
      })
    },
    onError: error => toast({ kind: 'failed', text: words(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: ['queues'] }),
  })
  const valid = found
    ? isPlaces(min) && isPlaces(max) && Number(min) <= Number(max)
    : isPlaces(value)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.slots}
          title={auto ? t('queues.autoHint', auto) : t('queues.concurrencyHint')}
          aria-label={`${t('queues.concurrency')} ${name}`}
          onClick={() => {
            setValue(concurrency)
            setFound(auto !== undefined)
            setMin(auto?.min ?? 1)
            setMax(auto?.max ?? 512)
            setOpen(!open)
          }}
        >
          <span>
            {count(counts.running)} / {count(concurrency)}
            {auto && <b className={styles.auto}>{t('queues.auto')}</b>}
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
            if (!valid) return
            limit.mutate(
              found
                ? { auto: { min: Number(min), max: Number(max) } }
                : { concurrency: Number(value) },
            )
          }}
        >
          <OrderSwitch queue={queue} />
          <label className={styles.whole}>
            <input
              type="checkbox"
              checked={found}
              onChange={event => setFound(event.currentTarget.checked)}
            />
            {t('queues.findAuto')}
          </label>
          {found ? (
            <>
              <Places label={t('queues.autoMin')} value={min} onChange={setMin} />
              <Places label={t('queues.autoMax')} value={max} onChange={setMax} />
            </>
          ) : (
            <Places label={t('queues.concurrency')} value={value} onChange={setValue} />
          )}
          <Button type="submit" disabled={!valid} loading={limit.isPending}>
            {t('action.save')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

interface PlacesProps {
  label: string
  value: number | string
  onChange: (value: number | string) => void
}

function Places({ label, value, onChange }: PlacesProps) {
  return (
    <NumberInput
      label={label}
      min={1}
      max={MOST}
      value={value}
      onChange={onChange}
      className={styles.places}
      data-autofocus
    />
  )
}

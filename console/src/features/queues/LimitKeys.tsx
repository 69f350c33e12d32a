import { Button, NumberInput, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type KeyBody, listKeys, removeKey, setKey } from '@/api/limits'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { useWords } from '@/i18n'
import { count, duration } from '@/lib/format'
import { milliseconds } from '@/lib/iso-duration'
import styles from './QueuesPage.module.css'

const NONE = { key: '', concurrency: '' as number | string, count: '' as number | string }

/** The keys for which a limit of each key holds with other numbers. */
export function LimitKeys({ limit, per }: { limit: string; per: string }) {
  const { t, language } = useWords()
  const client = useQueryClient()
  const queryKey = ['limit keys', limit]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => listKeys(limit, signal),
  })
  const [form, setForm] = useState(NONE)
  const set = (change: Partial<typeof NONE>) => setForm(had => ({ ...had, ...change }))
  const onSettled = () => client.invalidateQueries({ queryKey })
  const add = useMutation({
    mutationFn: (body: KeyBody) => setKey(limit, body),
    onSuccess: () => setForm(NONE),
    onSettled,
  })
  const remove = useMutation({ mutationFn: (key: string) => removeKey(limit, key), onSettled })
  const ready = form.key.trim() !== '' && (form.concurrency !== '' || form.count !== '')
  const problem = add.error ?? remove.error
  return (
    <section className={styles.keys} data-wide>
      <h3>{t('limits.keys')}</h3>
      <p className={styles.quiet}>{t('limits.keysHint')}</p>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data?.map(each => (
        <div key={each.key} className={styles.keyRow}>
          <code title={each.key}>{each.key}</code>
          <span>
            {[
              each.concurrency != null && `${t('limits.concurrency')} ${count(each.concurrency)}`,
              each.rate &&
                `${count(each.rate.count)} / ${duration(milliseconds(each.rate.per), language)}`,
              each.waiting > 0 && `${t('state.waiting')} ${count(each.waiting)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <Button
            variant="subtle"
            aria-label={`${t('limits.remove')} ${each.key}`}
            loading={remove.isPending && remove.variables === each.key}
            onClick={() => remove.mutate(each.key)}
          >
            <IconX size={15} aria-hidden />
          </Button>
        </div>
      ))}
      <div className={styles.limit}>
        <TextInput
          label={t('limits.key')}
          value={form.key}
          placeholder="example.com"
          onChange={event => set({ key: event.currentTarget.value })}
        />
        <NumberInput
          label={t('limits.concurrency')}
          min={1}
          max={16384}
          value={form.concurrency}
          onChange={concurrency => set({ concurrency })}
          className={styles.places}
        />
        <NumberInput
          label={`${t('limits.starts')} / ${per}`}
          min={1}
          value={form.count}
          onChange={value => set({ count: value })}
          className={styles.places}
        />
        <Button
          variant="default"
          disabled={!ready}
          loading={add.isPending}
          onClick={() =>
            add.mutate({
              key: form.key.trim(),
              concurrency: form.concurrency === '' ? undefined : Number(form.concurrency),
              rate: form.count === '' ? undefined : { count: Number(form.count), per },
            })
          }
        >
          {t('limits.addKey')}
        </Button>
      </div>
      {problem && <ProblemNote error={problem} />}
    </section>
  )
}

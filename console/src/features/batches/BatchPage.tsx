import { Button } from '@mantine/core'
import { IconFileUnknown, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import {
  type BatchDetail,
  batchStreamUrl,
  cancelBatch,
  closeBatch,
  fetchBatch,
  listMembers,
} from '@/api/batches'
import { isProblem } from '@/api/problem'
import { Confirm } from '@/components/ui/Confirm'
import { Empty } from '@/components/ui/Empty'
import { Id } from '@/components/ui/Id'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useProblemWords } from '@/lib/problem-words'
import { openStream } from '@/lib/stream'
import { toast } from '@/lib/toast'
import { BatchBadge } from './BatchBadge'
import { BatchBar } from './BatchBar'
import styles from './Batches.module.css'
import { MemberTable } from './MemberTable'

const keyOf = (id: string) => ['batch', id] as const

/** One batch, kept current by its stream; its tasks are read again when its counts change. */
function useBatch(id: string) {
  const client = useQueryClient()
  const batch = useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => fetchBatch(id, signal),
  })
  const found = batch.data !== undefined
  useEffect(() => {
    if (!found) return
    return openStream(batchStreamUrl(id), {
      isLast: event => event === 'end',
      onEvent: (_, data) => {
        client.setQueryData(keyOf(id), data as BatchDetail)
        void client.invalidateQueries({ queryKey: ['members', id] })
      },
    })
  }, [id, found, client])
  const members = useQuery({
    queryKey: ['members', id],
    queryFn: ({ signal }) => listMembers(id, signal),
    enabled: found,
  })
  return { batch, members }
}

export function BatchPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { id } = useParams({ from: '/batches/$id' })
  const { batch, members } = useBatch(id)
  const { data, error } = batch
  if (error && !data) {
    const missing = isProblem(error) && error.status === 404
    return (
      <Page title={t('parts.batches')}>
        <div className={styles.work}>
          {missing ? (
            <Empty icon={IconFileUnknown} title={t('batches.notFound')} detail={id}>
              <Button variant="default" onClick={() => void navigate({ to: '/batches' })}>
                {t('batches.toList')}
              </Button>
            </Empty>
          ) : (
            <ProblemNote error={error} onRetry={() => void batch.refetch()} />
          )}
        </div>
      </Page>
    )
  }
  if (!data) {
    return (
      <Page title={t('parts.batches')}>
        <SkeletonRows rows={8} height={38} />
      </Page>
    )
  }
  return (
    <Page
      name={data.name}
      title={
        <>
          <span>{data.name}</span>
          <BatchBadge batch={data} soft />
        </>
      }
      actions={<Actions batch={data} />}
    >
      <BatchFacts batch={data} />
      <Section
        title={t('batches.tasks')}
        actions={
          <Link to="/tasks" search={{ batch: data.id }}>
            {t('batches.inTasks')}
          </Link>
        }
      >
        {members.error && !members.data && (
          <ProblemNote error={members.error} onRetry={() => void members.refetch()} />
        )}
        {members.data?.items.length === 0 && <p>{t('batches.noTasks')}</p>}
        {members.data && members.data.items.length > 0 && (
          <MemberTable tasks={members.data.items} />
        )}
      </Section>
    </Page>
  )
}

function BatchFacts({ batch }: { batch: BatchDetail }) {
  const { t } = useWords()
  const { onSuccess, onFailure, onComplete } = batch
  return (
    <dl className={styles.facts}>
      <Fact name={t('batches.colProgress')} wide>
        <BatchBar batch={batch} />
      </Fact>
      <Fact name="ID">
        <Id id={batch.id} />
      </Fact>
      <Fact name={t('state.succeeded')}>{count(batch.succeeded)}</Fact>
      <Fact name={t('state.dead')}>{count(batch.dead)}</Fact>
      <Fact name={t('state.cancelled')}>{count(batch.cancelled)}</Fact>
      <Fact name={t('batches.colCreated')}>
        <Time at={batch.createdAt} />
      </Fact>
      {batch.finishedAt && (
        <Fact name={t('task.finished')}>
          <Time at={batch.finishedAt} />
        </Fact>
      )}
      {batch.owner && (
        <Fact name={t('task.parent')}>
          <Link to="/tasks/$id" params={{ id: batch.owner }} className="mono">
            {batch.owner.slice(-8)}
          </Link>
        </Fact>
      )}
      {onSuccess && <Fact name={t('batches.onSuccess')}>{onSuccess}</Fact>}
      {onFailure && <Fact name={t('batches.onFailure')}>{onFailure}</Fact>}
      {onComplete && <Fact name={t('batches.onComplete')}>{onComplete}</Fact>}
      <Fact name={t('batches.called')}>
        <Link to="/tasks" search={{ key: batch.id }}>
          {t('batches.calledLink')}
        </Link>
      </Fact>
    </dl>
  )
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? styles.wide : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Actions({ batch }: { batch: BatchDetail }) {
  const { t } = useWords()
  const client = useQueryClient()
  const words = useProblemWords()
  const [asking, setAsking] = useState(false)
  const done = { onSettled: () => client.invalidateQueries({ queryKey: keyOf(batch.id) }) }
  const failed = (error: unknown) => toast({ kind: 'failed', text: words(error).title })
  const cancel = useMutation({
    ...done,
    mutationFn: () => cancelBatch(batch.id),
    onSuccess: () => toast({ kind: 'done', text: t('batches.cancelDone', { name: batch.name }) }),
    onError: failed,
  })
  const close = useMutation({
    ...done,
    mutationFn: () => closeBatch(batch.id),
    onSuccess: () => toast({ kind: 'done', text: t('batches.closeDone', { name: batch.name }) }),
    onError: failed,
  })
  if (batch.finishedAt || batch.cancelling) return null
  return (
    <>
      {!batch.closed && (
        <Button variant="default" loading={close.isPending} onClick={() => close.mutate()}>
          {t('batches.close')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={15} stroke={1.8} />}
        loading={cancel.isPending}
        onClick={() => setAsking(true)}
      >
        {t('batches.cancel')}
      </Button>
      <Confirm
        open={asking}
        title={t('batches.cancelTitle')}
        subject={`${batch.name} ${batch.id}`}
        text={t('batches.cancelText', { count: batch.open })}
        verb={t('batches.cancel')}
        onClose={() => setAsking(false)}
        onConfirm={() => cancel.mutate()}
      />
    </>
  )
}

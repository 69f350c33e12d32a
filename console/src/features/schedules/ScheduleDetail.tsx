import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  nextTimes,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  runSchedule,
  type Schedule,
} from '@/api/schedules'
import { Confirm } from '@/components/ui/Confirm'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { shortId } from '@/lib/format'
import { useProblemWords } from '@/lib/problem-words'
import { toast } from '@/lib/toast'
import styles from './Schedules.module.css'
import { TimeList } from './TimeList'

interface Props {
  schedule: Schedule
  onEdit: () => void
}

/** What a schedule does next, how it is set, and what can be done with it. */
export function ScheduleDetail({ schedule, onEdit }: Props) {
  const { t } = useWords()
  const times = useQuery({
    queryKey: ['schedule times', schedule.name, schedule.next, schedule.cron, schedule.zone],
    queryFn: ({ signal }) => nextTimes(schedule.name, signal),
  })
  return (
    <div className={styles.detail}>
      <ScheduleButtons schedule={schedule} onEdit={onEdit} />
      {schedule.error && <p className={styles.error}>{schedule.error}</p>}
      <div className={styles.columns}>
        <section>
          <h3>{t('schedules.nextTen')}</h3>
          {times.error && <ProblemNote error={times.error} onRetry={() => void times.refetch()} />}
          {!times.data && !times.error && <SkeletonRows rows={4} height={20} />}
          {times.data && <TimeList times={times.data} zone={schedule.zone} />}
        </section>
        <section>
          <h3>{t('schedules.settings')}</h3>
          <dl className={styles.facts}>
            <dt>{t('schedules.misfire')}</dt>
            <dd>{t(`schedules.misfires.${schedule.misfire}`)}</dd>
            <dt>{t('schedules.overlap')}</dt>
            <dd>{t(`schedules.overlaps.${schedule.overlap}`)}</dd>
            {schedule.jitter !== 'PT0S' && (
              <>
                <dt>{t('schedules.jitter')}</dt>
                <dd>{schedule.jitter}</dd>
              </>
            )}
            {schedule.expiry && (
              <>
                <dt>{t('submit.expiry')}</dt>
                <dd>{schedule.expiry}</dd>
              </>
            )}
            {schedule.waiting > 0 && (
              <>
                <dt>{t('schedules.waiting')}</dt>
                <dd>{schedule.waiting}</dd>
              </>
            )}
            {schedule.owner && (
              <>
                <dt>{t('schedules.owner')}</dt>
                <dd>{schedule.owner}</dd>
              </>
            )}
          </dl>
        </section>
        <section>
          <h3>{t('task.input')}</h3>
          <pre className={styles.input}>{JSON.stringify(schedule.input, null, 2)}</pre>
        </section>
      </div>
    </div>
  )
}

function ScheduleButtons({ schedule, onEdit }: Props) {
  const { t } = useWords()
  const { name } = schedule
  const client = useQueryClient()
  const navigate = useNavigate()
  const words = useProblemWords()
  const [removing, setRemoving] = useState(false)
  const act = useMutation({
    mutationFn: async (action: Action) => action.does(),
    onSuccess: (_, { said, undo }) =>
      toast({
        kind: 'done',
        text: said,
        action: undo && { label: t('action.undo'), run: () => act.mutate(undo) },
      }),
    onError: error => {
      const { title, detail } = words(error)
      toast({ kind: 'failed', text: title, detail: detail ?? undefined })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['schedules'] }),
  })
  const run = useMutation({
    mutationFn: () => runSchedule(name),
    onSuccess: ({ id }) =>
      toast({
        kind: 'done',
        text: t('schedules.runDone', { id: shortId(id) }),
        action: {
          label: t('submit.open'),
          run: () => void navigate({ to: '/tasks/$id', params: { id } }),
        },
      }),
    onError: error => toast({ kind: 'failed', text: words(error).title }),
    onSettled: () => client.invalidateQueries({ queryKey: ['schedules'] }),
  })
  const resume: Action = {
    does: () => resumeSchedule(name),
    said: t('schedules.resumeDone', { name }),
  }
  const pause: Action = {
    does: () => pauseSchedule(name),
    said: t('schedules.pauseDone', { name }),
    undo: resume,
  }
  return (
    <div className={styles.buttons}>
      <Button loading={run.isPending} variant="default" onClick={() => run.mutate()}>
        {t('tasks.runNow')}
      </Button>
      <Button variant="default" onClick={() => act.mutate(schedule.paused ? resume : pause)}>
        {t(schedule.paused ? 'schedules.resume' : 'schedules.pause')}
      </Button>
      {!schedule.owner && (
        <>
          <Button variant="default" onClick={onEdit}>
            {t('schedules.edit')}
          </Button>
          <Button variant="default" onClick={() => setRemoving(true)}>
            {t('schedules.remove')}
          </Button>
        </>
      )}
      <Link to="/tasks" search={{ schedule: name }} className={styles.link}>
        {t('schedules.itsTasks')}
      </Link>
      <Confirm
        open={removing}
        title={t('schedules.removeTitle')}
        subject={name}
        text={t('schedules.removeText')}
        verb={t('schedules.remove')}
        onClose={() => setRemoving(false)}
        onConfirm={() =>
          act.mutate({
            does: () => removeSchedule(name),
            said: t('schedules.removeDone', { name }),
          })
        }
      />
    </div>
  )
}

interface Action {
  does: () => Promise<unknown>
  said: string
  undo?: Action
}

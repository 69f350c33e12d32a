import { useMemo } from 'react'
import type { Plan } from '@/api/crew'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { duration } from '@/lib/format'
import styles from '../Crew.module.css'
import { Outlook } from '../Outlook'
import { Rules } from '../Rules'
import { useSpoken } from '../useSpoken'

type Task = Plan['tasks'][number]
const HOUR = 3_600_000

/** The chosen stage of a plan: who works in it, and where it ends. */
export function PlanStage({ plan, stage }: { plan: Plan; stage: Plan['stages'][number] }) {
  const { t, language } = useWords()
  const spoken = useSpoken()
  const tasks = plan.tasks.filter(task => stage.tasks.includes(task.id))
  const columns = useMemo<Column<Task>[]>(
    () => [
      { key: 'task', title: t('crew.colTask'), cell: task => task.id },
      {
        key: 'about',
        title: t('crew.colAbout'),
        rank: 'second',
        cell: task => <span title={spoken(task.description)}>{spoken(task.description)}</span>,
      },
      {
        key: 'priority',
        title: t('crew.priority'),
        width: '84px',
        align: 'end',
        rank: 'second',
        cell: task => `${task.priority} / 10`,
      },
      {
        key: 'hours',
        title: t('crew.estimate'),
        width: '104px',
        align: 'end',
        cell: task => duration(task.hours * HOUR, language),
      },
    ],
    [t, language, spoken],
  )
  return (
    <div className={styles.stage}>
      <h3>
        {spoken(stage.name)}
        <span className={styles.quiet}>{spoken(stage.description)}</span>
      </h3>
      {stage.entry && (
        <p>
          {t('crew.entryGate')}: <Rules rules={stage.entry} />
        </p>
      )}
      {stage.process && (
        <p>
          {t('crew.processGate')}: <Rules rules={stage.process.rules} />{' '}
          <span className={styles.quiet}>
            {t(stage.process.stops ? 'crew.processStops' : 'crew.processWarns')}
          </span>
        </p>
      )}
      {stage.sync && (
        <p>
          {t('sync.title')}: {spoken(stage.sync.name)} (
          {t(`crew.syncs.${stage.sync.type ?? 'validation'}`)}){' '}
          <Rules rules={stage.sync.criteria} />
        </p>
      )}
      {stage.gate && (
        <p>
          {t('crew.gate')}: <Rules rules={stage.gate} />
        </p>
      )}
      {stage.retries > 0 && (
        <p className={styles.quiet}>{t('crew.gateMayRetry', { count: stage.retries })}</p>
      )}
      {stage.checks && <Outlook checks={stage.checks} />}
      <DataTable rows={tasks} columns={columns} keyOf={task => task.id} />
    </div>
  )
}

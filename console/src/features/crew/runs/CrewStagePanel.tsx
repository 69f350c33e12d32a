import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { CrewRun, CrewStage, CrewTask } from '@/api/crew'
import { Elapsed } from '@/components/ui/Elapsed'
import shared from '@/components/ui/run/Run.module.css'
import { StageSection } from '@/components/ui/run/StageSection'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import { CrewBadge } from '../CrewBadge'
import { Outlook } from '../Outlook'
import { reasonText } from '../reasons'
import { useKnownWords } from '../useKnownWords'
import { useSpoken } from '../useSpoken'
import { AnswerDialog } from '../work/AnswerDialog'
import { GatePanel } from './GatePanel'
import { ProcessPanel } from './ProcessPanel'

/** The type of the task that waits for a person. */
const PERSON = 'crew.person'

/** Whether a task of a run waits for a person's answer. */
export const isAsked = (task: CrewTask): boolean =>
  task.type === PERSON && task.state === 'waiting' && Boolean(task.taskId)

/** The chosen stage: its gate first, because that may wait for the reader. */
export function CrewStagePanel({ run, stage }: { run: CrewRun; stage: CrewStage }) {
  const { t, language } = useWords()
  const known = useKnownWords()
  const spoken = useSpoken()
  const [answering, setAnswering] = useState<CrewTask | null>(null)
  const columns = useMemo<Column<CrewTask>[]>(
    () => [
      {
        key: 'agent',
        title: t('crew.colAgent'),
        cell: task => (
          <span className={shared.job}>
            {task.taskId ? (
              <Link to="/tasks/$id" params={{ id: task.taskId }} title={spoken(task.description)}>
                {task.id}
              </Link>
            ) : (
              <span title={spoken(task.description)}>{task.id}</span>
            )}
            {task.error && <span className={shared.error}>{reasonText(task.error, language)}</span>}
            {!task.error && <span className={shared.quiet}>{conclusion(task)}</span>}
          </span>
        ),
      },
      {
        key: 'type',
        title: t('crew.colBy'),
        width: '20%',
        rank: 'second',
        cell: task => (
          <span title={task.type}>
            {known('byType', task.type.replace(/^crew\./, ''))}
            {task.fallback && ` (${t('workflows.fallback')})`}
          </span>
        ),
      },
      {
        key: 'state',
        title: t('tasks.colState'),
        width: '130px',
        phoneWidth: '104px',
        cell: task => <CrewBadge state={isAsked(task) ? 'asked' : task.state} />,
      },
      {
        key: 'retries',
        title: t('crew.retries'),
        width: '84px',
        align: 'end',
        rank: 'third',
        cell: task =>
          task.retries == null
            ? '–'
            : task.maxRetries == null
              ? task.retries
              : `${task.retries} / ${task.maxRetries}`,
      },
      {
        key: 'took',
        title: t('task.took'),
        width: '104px',
        align: 'end',
        rank: 'second',
        cell: task =>
          task.startedAt ? (
            <Elapsed
              ms={task.endedAt ? Date.parse(task.endedAt) - Date.parse(task.startedAt) : null}
              since={task.startedAt}
            />
          ) : (
            '–'
          ),
      },
      {
        key: 'answer',
        title: <span className="sr-only">{t('crew.answer')}</span>,
        width: '96px',
        phoneWidth: '84px',
        align: 'end',
        cell: task =>
          isAsked(task) ? (
            <Button size="compact-sm" variant="default" onClick={() => setAnswering(task)}>
              {t('crew.answer')}
            </Button>
          ) : null,
      },
    ],
    [t, language, known, spoken],
  )
  return (
    <StageSection
      name={spoken(stage.name)}
      badge={<CrewBadge state={stage.state} soft />}
      mode={t(`crew.modes.${stage.mode}`)}
      round={stage.round}
    >
      {stage.outlook && <Outlook checks={stage.outlook} />}
      {stage.entry && <GatePanel run={run} stage={stage} sync={stage.entry} />}
      {stage.process && <ProcessPanel run={run} stage={stage} process={stage.process} />}
      {stage.sync && <GatePanel run={run} stage={stage} sync={stage.sync} />}
      <DataTable
        rows={stage.tasks}
        columns={
          stage.tasks.some(isAsked) ? columns : columns.filter(each => each.key !== 'answer')
        }
        keyOf={task => task.id}
      />
      {answering?.taskId && (
        <AnswerDialog
          taskId={answering.taskId}
          agent={answering.agent}
          about={spoken(answering.description)}
          request={run.request}
          metrics={Object.keys({
            ...stage.process?.rules,
            ...stage.sync?.criteria,
            ...stage.sync?.gate,
          })}
          onClose={() => setAnswering(null)}
        />
      )}
    </StageSection>
  )
}

function conclusion({ result }: CrewTask): string {
  const said = (result as { conclusion?: unknown } | null | undefined)?.conclusion
  return typeof said === 'string' ? said : ''
}

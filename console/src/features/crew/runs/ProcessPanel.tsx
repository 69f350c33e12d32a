import { answerCrewSync, type CrewProcess, type CrewRun, type CrewStage } from '@/api/crew'
import { GateBox } from '@/components/ui/run/GateBox'
import shared from '@/components/ui/run/Run.module.css'
import { SyncActions } from '@/components/ui/sync/SyncActions'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'
import { reasonText } from '../reasons'
import { useSpoken } from '../useSpoken'
import { readingsOfProcess } from './gate'
import { Readings } from './Readings'

interface Props {
  run: CrewRun
  stage: CrewStage
  process: CrewProcess
}

const STATES = { holds: 'passed', warned: 'warned', failed: 'failed' } as const

/** What is looked at while a stage is at work; numbers may be handed in as long as it is. */
export function ProcessPanel({ run, stage, process }: Props) {
  const { t, language } = useWords()
  const spoken = useSpoken()
  const state = STATES[process.status as keyof typeof STATES]
  return (
    <GateBox
      asking={false}
      head={
        <>
          <b className={styles.strong}>{t('crew.processGateTitle')}</b>
          <span className={shared.quiet}>
            {t(process.stops ? 'crew.processStops' : 'crew.processWarns')}
          </span>
          {state && <CrewBadge state={state} />}
        </>
      }
      failed={process.failed.map(reason => reasonText(reason, language))}
      readings={<Readings readings={readingsOfProcess(process)} />}
      actions={
        run.state === 'running' &&
        stage.state === 'running' && (
          <SyncActions
            run={run.id}
            stage={stage.name}
            label={spoken(stage.name)}
            send={answerCrewSync}
            sync={{ type: 'criteria', status: 'checking', criteria: process.rules, where: null }}
          />
        )
      }
    />
  )
}

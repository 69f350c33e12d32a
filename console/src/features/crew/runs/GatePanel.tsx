import { answerCrewSync, type CrewRun, type CrewStage, type CrewSync } from '@/api/crew'
import { GateBox } from '@/components/ui/run/GateBox'
import shared from '@/components/ui/run/Run.module.css'
import { SyncActions } from '@/components/ui/sync/SyncActions'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'
import { readingsOf } from './gate'

interface Props {
  run: CrewRun
  stage: CrewStage
  sync: CrewSync
}

/** Where a stage stops and is checked: its rules beside the numbers that they look at. */
export function GatePanel({ run, stage, sync }: Props) {
  const { t } = useWords()
  const readings = readingsOf(stage, sync)
  const asking = stage.state === 'checking' && run.state === 'running'
  return (
    <GateBox
      asking={asking}
      head={
        <>
          <b className={styles.strong}>{sync.name}</b>
          <span className={shared.quiet}>{t(`crew.gateTypes.${typeOf(sync)}`)}</span>
          {sync.status && <CrewBadge state={asking ? 'asked' : sync.status} />}
        </>
      }
      until={sync.until}
      failed={sync.failed}
      by={sync.by}
      comment={sync.comment}
      readings={
        readings.length > 0 && (
          <ul className={styles.readings}>
            {readings.map(({ metric, rule, value, holds }) => (
              <li key={metric} data-holds={holds ?? undefined}>
                <span>{metric}</span>
                <b>{value === undefined ? '–' : String(value)}</b>
                <code className="mono">{rule}</code>
              </li>
            ))}
          </ul>
        )
      }
      actions={
        asking && (
          <SyncActions
            run={run.id}
            stage={stage.name}
            send={answerCrewSync}
            sync={{
              type: typeOf(sync) === 'approval' ? 'approval' : 'criteria',
              status: 'checking',
              criteria: Object.fromEntries(
                readings
                  .filter(each => sync.missing.includes(each.metric))
                  .map(each => [each.metric, each.rule]),
              ),
              where: null,
            }}
          />
        )
      }
    />
  )
}

const typeOf = ({ type }: CrewSync) =>
  type === 'approval' || type === 'consensus' ? type : 'criteria'

import { answerCrewSync, type CrewRun, type CrewStage, type CrewSync } from '@/api/crew'
import { GateBox } from '@/components/ui/run/GateBox'
import shared from '@/components/ui/run/Run.module.css'
import { SyncActions } from '@/components/ui/sync/SyncActions'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { CrewBadge } from '../CrewBadge'
import { reasonText } from '../reasons'
import { useSpoken } from '../useSpoken'
import { readingsOf } from './gate'
import { Readings } from './Readings'

interface Props {
  run: CrewRun
  stage: CrewStage
  sync: CrewSync
}

/** Where a stage stops and is checked: its rules beside the numbers that they look at. */
export function GatePanel({ run, stage, sync }: Props) {
  const { t, language } = useWords()
  const spoken = useSpoken()
  // What is measured in a stage is not looked at before it.
  const readings = readingsOf(sync.id === stage.name ? stage.tasks : [], sync)
  const asking = sync.status === 'waiting' && run.state === 'running'
  return (
    <GateBox
      asking={asking}
      head={
        <>
          <b className={styles.strong}>
            {sync.id === stage.name ? spoken(sync.name) : t('crew.entryGateTitle')}
          </b>
          <span className={shared.quiet}>{t(`crew.gateTypes.${typeOf(sync)}`)}</span>
          {sync.status && <CrewBadge state={asking ? 'asked' : sync.status} />}
          {sync.retries > 0 && (
            <span className={shared.quiet}>
              {t('crew.gateRetried', { done: sync.earlier.length, most: sync.retries })}
            </span>
          )}
        </>
      }
      until={sync.until}
      failed={sync.failed.map(reason => reasonText(reason, language))}
      by={sync.by}
      comment={sync.comment}
      readings={
        <>
          <Readings readings={readings} />
          {sync.earlier.length > 0 && (
            <ol className={styles.earlier}>
              {sync.earlier.map((reason, number) => (
                <li key={number}>
                  {t('crew.gateEarlier', {
                    number: number + 1,
                    reason: reasonText(reason, language),
                  })}
                </li>
              ))}
            </ol>
          )}
        </>
      }
      actions={
        asking && (
          <SyncActions
            run={run.id}
            stage={sync.id}
            label={spoken(stage.name)}
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

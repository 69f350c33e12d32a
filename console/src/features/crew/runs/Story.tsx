import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type CrewRun, fetchCrewLog } from '@/api/crew'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { reasonText } from '../reasons'
import { useSpoken } from '../useSpoken'
import { storyOf, storyOfLog } from './story'

/** What happened in a run, the newest first; it is read again whenever the run is pushed. */
export function Story({ run }: { run: CrewRun }) {
  const { t, language } = useWords()
  const spoken = useSpoken()
  const log = useQuery({
    queryKey: ['crew', 'log', run.id, stampOf(run)],
    queryFn: ({ signal }) => fetchCrewLog({ workflow: run.id }, signal),
    placeholderData: keepPreviousData,
  })
  const lines = storyOfLog(log.data?.items ?? [])
  const story = lines.length > 0 ? lines : storyOf(run)
  return (
    <ol className={styles.story}>
      {story.map(({ at, kind, stage, agent, detail, state }, number) => (
        <li key={`${story.length - number} ${at} ${kind} ${stage} ${agent}`} data-kind={kind}>
          <Time at={at} clock />
          <span>
            {t(`crew.story.${kind}`, {
              stage: stage && spoken(stage),
              agent,
              state: t(`crew.state.${state ?? run.state}`),
            })}
          </span>
          {detail && <span className={styles.quiet}>{reasonText(detail, language)}</span>}
        </li>
      ))}
    </ol>
  )
}

/** Another one whenever something has happened. */
const stampOf = ({ state, progress, recoveries, stages }: CrewRun) =>
  JSON.stringify([
    state,
    progress,
    recoveries,
    stages.map(({ round, state: stands, entry, process, sync, tasks }) => [
      round,
      stands,
      entry?.status,
      sync?.status,
      sync?.earlier.length,
      process?.failed,
      tasks.map(task => task.state),
    ]),
  ])

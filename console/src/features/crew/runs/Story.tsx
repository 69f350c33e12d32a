import type { CrewRun } from '@/api/crew'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { storyOf } from './story'

/** What happened in a run, the newest first; it grows as the run is pushed. */
export function Story({ run }: { run: CrewRun }) {
  const { t } = useWords()
  return (
    <ol className={styles.story}>
      {storyOf(run).map(({ at, kind, stage, agent, detail }) => (
        <li key={`${at} ${kind} ${stage} ${agent}`} data-kind={kind}>
          <Time at={at} clock />
          <span>
            {t(`crew.story.${kind}`, { stage, agent, state: t(`crew.state.${run.state}`) })}
          </span>
          {detail && <span className={styles.quiet}>{detail}</span>}
        </li>
      ))}
    </ol>
  )
}

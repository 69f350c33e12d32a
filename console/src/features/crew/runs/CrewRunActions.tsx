import {
  type CrewRun,
  cancelCrewRun,
  isOver,
  pauseCrewRun,
  resumeCrewRun,
  rollBackCrewRun,
} from '@/api/crew'
import { RunControls } from '@/components/ui/run/RunControls'
import { useSpoken } from '../useSpoken'
import { runKey } from './useCrewRun'

/** What the crew allows: a failed run goes on, and any is rolled back up to five times. */
const MOST_RECOVERIES = 5

export function CrewRunActions({ run, stage }: { run: CrewRun; stage: string | null }) {
  const spoken = useSpoken()
  return (
    <RunControls
      queryKey={runKey(run.id)}
      subject={`${run.name ?? run.definition} ${run.id}`}
      over={isOver(run.state)}
      goesOn={run.state === 'paused' || run.state === 'failed'}
      backTo={
        stage && run.recoveries < MOST_RECOVERIES ? { name: stage, label: spoken(stage) } : null
      }
      pause={() => pauseCrewRun(run.id)}
      resume={() => resumeCrewRun(run.id)}
      cancel={() => cancelCrewRun(run.id)}
      rollBack={to => rollBackCrewRun(run.id, to)}
    />
  )
}

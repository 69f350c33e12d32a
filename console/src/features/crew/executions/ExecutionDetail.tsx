import type { Execution } from '@/api/crew'
import styles from '../Crew.module.css'
import { Rating } from './Rating'

/** What the line of an execution has no room for. */
export function ExecutionDetail({ execution }: { execution: Execution }) {
  const { agents, qualityScores, issues, request } = execution
  return (
    <div className={styles.detail}>
      <p className={styles.text}>{request}</p>
      <p className={styles.quiet}>{agents.join(', ')}</p>
      <p className={styles.rules}>
        {Object.entries(qualityScores).map(([metric, value]) => (
          <code key={metric} className="mono">
            {metric} {value}
          </code>
        ))}
      </p>
      <Rating execution={execution} />
      {issues.length > 0 && (
        <ul className={styles.failed}>
          {issues.map(issue => (
            <li key={issue}>{issue}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

import styles from './Crew.module.css'

/** Rules by metric, as gates have them. */
export function Rules({ rules }: { rules: Record<string, string> }) {
  return (
    <span className={styles.rules}>
      {Object.entries(rules).map(([metric, rule]) => (
        <code key={metric} className="mono">
          {metric} {rule}
        </code>
      ))}
    </span>
  )
}

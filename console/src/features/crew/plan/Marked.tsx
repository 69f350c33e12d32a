import type { Plan } from '@/api/crew'
import styles from '../Crew.module.css'
import { piecesOf } from './shape'

/** The request with what triggered a rule marked in it. */
export function Marked({ request, plan }: { request: string; plan: Plan }) {
  const matches = [...plan.why, ...Object.values(plan.because).flat()]
  return (
    <p className={styles.marked}>
      {piecesOf(request, matches).map((piece, index) =>
        piece.rules.length > 0 ? (
          <mark key={`${index} ${piece.text}`} title={piece.rules.join(', ')}>
            {piece.text}
          </mark>
        ) : (
          <span key={`${index} ${piece.text}`}>{piece.text}</span>
        ),
      )}
    </p>
  )
}

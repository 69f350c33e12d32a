import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { fetchCrewLog } from '@/api/crew'
import { Section } from '@/components/ui/Section'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { reasonText } from '../reasons'
import { useSpoken } from '../useSpoken'
import { storyOfLog } from './story'

const SHOWN = 20

/** What was said and what went wrong in runs, as far as it has all words; nothing if none does. */
export function LogMatches({ words }: { words: string }) {
  const { t, language } = useWords()
  const spoken = useSpoken()
  const { data } = useQuery({
    queryKey: ['crew', 'log', 'search', words],
    queryFn: ({ signal }) => fetchCrewLog({ q: words }, signal),
    placeholderData: keepPreviousData,
  })
  const found = (data?.items ?? [])
    .flatMap(line => storyOfLog([line]).map(told => ({ ...told, run: line.workflow, id: line.id })))
    .slice(0, SHOWN)
  if (found.length === 0) return null
  return (
    <div className={styles.matches}>
      <Section title={t('crew.inLog')}>
        <ol className={styles.story}>
          {found.map(({ id, run, at, kind, stage, agent, detail, state }) => (
            <li key={id} data-kind={kind}>
              <Time at={at} />
              <Link to="/crew/runs/$id" params={{ id: run }} className={styles.link}>
                {t(`crew.story.${kind}`, {
                  stage: stage && spoken(stage),
                  agent,
                  state: t(`crew.state.${state ?? 'completed'}`),
                })}
              </Link>
              {detail && <span className={styles.quiet}>{reasonText(detail, language)}</span>}
            </li>
          ))}
        </ol>
      </Section>
    </div>
  )
}

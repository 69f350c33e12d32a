import { Button, Select, Textarea } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { analyze, listTemplates } from '@/api/crew'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { EXAMPLES } from './examples'
import { PlanView } from './PlanView'

const StartDialog = lazy(() =>
  import('./StartDialog').then(module => ({ default: module.StartDialog })),
)

/** Long enough not to ask at every key, short enough to feel live. */
const SETTLE_MS = 250
const ROLES = 'roles'

/** A request, read while it is typed. */
export function PlanTab() {
  const { t, language } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/crew' })
  const [text, setText] = useState(search.q ?? '')
  const [starting, setStarting] = useState(false)
  const asked = useSettled(text.trim())
  const template = search.template
  const templates = useQuery({
    queryKey: ['crew', 'templates'],
    queryFn: ({ signal }) => listTemplates(signal),
  })
  const plan = useQuery({
    queryKey: ['crew', 'plan', asked, template],
    queryFn: ({ signal }) => analyze(asked, template, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  useEffect(() => {
    void navigate({
      to: '/crew',
      search: had => ({ ...had, q: asked.length <= 500 ? asked || undefined : undefined }),
      replace: true,
      resetScroll: false,
    })
  }, [asked, navigate])
  return (
    <div className={styles.sections}>
      <div className={styles.ask}>
        <Textarea
          label={t('crew.request')}
          placeholder={t('crew.requestHint')}
          value={text}
          rows={3}
          maxLength={20_000}
          onChange={event => setText(event.currentTarget.value)}
        />
        <div className={styles.askBar}>
          <Select
            aria-label={t('crew.layOut')}
            w={220}
            data={[
              { value: ROLES, label: t('crew.byRoles') },
              { value: 'auto', label: t('crew.byBest') },
              ...(templates.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={template ?? ROLES}
            allowDeselect={false}
            onChange={value =>
              void navigate({
                to: '/crew',
                search: had => ({
                  ...had,
                  template: value === ROLES ? undefined : (value ?? undefined),
                }),
              })
            }
          />
          <Button
            leftSection={<IconPlayerPlay size={15} stroke={1.8} />}
            disabled={!plan.data || asked === '' || plan.isPlaceholderData}
            onClick={() => setStarting(true)}
          >
            {t('crew.start')}
          </Button>
          <span className={styles.examples}>
            <span>{t('crew.examples')}</span>
            {EXAMPLES[language].map(example => (
              <button key={example} type="button" title={example} onClick={() => setText(example)}>
                {example}
              </button>
            ))}
          </span>
        </div>
      </div>
      {plan.error && asked !== '' && (
        <ProblemNote error={plan.error} onRetry={() => void plan.refetch()} />
      )}
      {asked !== '' && plan.isLoading && <SkeletonRows rows={6} height={38} />}
      {asked !== '' && plan.data && !plan.error && <PlanView request={asked} plan={plan.data} />}
      {asked === '' && <p className={styles.quiet}>{t('crew.planEmpty')}</p>}
      {starting && plan.data && (
        <Suspense fallback={null}>
          <StartDialog
            request={asked}
            template={template}
            roles={plan.data.roles}
            checked={plan.data.stages.some(each => each.sync || each.gate)}
            stages={plan.data.stages.map(each => each.name)}
            onClose={() => setStarting(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { submitDraft } from '@/api/drafts'
import { isProblem } from '@/api/problem'
import { Kbd } from '@/components/ui/Kbd'
import { Page } from '@/components/ui/Page'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { isApple } from '@/lib/platform'
import { toast } from '@/lib/toast'
import styles from './NewDraftPage.module.css'
import { EXAMPLES } from './recipe/examples'
import { RecipeProblems } from './recipe/RecipeProblems'
import { parseRecipe, useRecipe } from './recipe/useRecipe'

const JsonEditor = lazy(() =>
  import('@/components/ui/editor/JsonEditor').then(module => ({ default: module.JsonEditor })),
)

export function NewDraftPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [text, setText] = useRecipe()
  const [target, setTarget] = useState<{ pointer: string } | null>(null)
  const parsed = useMemo(() => parseRecipe(text), [text])
  const submit = useMutation({
    mutationFn: submitDraft,
    onSuccess: ({ name, taskId }) => {
      toast({ kind: 'done', text: t('drafts.submitted', { name }) })
      void client.invalidateQueries({ queryKey: ['drafts'] })
      void navigate({ to: '/drafts/$name', params: { name }, search: { task: taskId } })
    },
  })
  const problems = useMemo(
    () => (isProblem(submit.error) ? submit.error.errors : []),
    [submit.error],
  )
  const send = () => {
    if (parsed.ok && !submit.isPending) submit.mutate(parsed.value)
  }

  return (
    <Page
      fill
      title={t('drafts.new')}
      actions={
        <Button onClick={send} disabled={!parsed.ok} loading={submit.isPending}>
          {t('drafts.submit')}
          <span className={styles.keys}>
            <Kbd>{isApple ? '⌘' : 'Ctrl'}</Kbd>
            <Kbd>↵</Kbd>
          </span>
        </Button>
      }
    >
      <div className={styles.bar}>
        <span className={styles.label}>{t('drafts.examples')}</span>
        {EXAMPLES.map(example => (
          <button
            key={example.key}
            type="button"
            className={styles.chip}
            aria-pressed={text === example.text}
            onClick={() => {
              submit.reset()
              setText(example.text)
            }}
          >
            {t(`drafts.example.${example.key}`)}
          </button>
        ))}
        <button
          type="button"
          className={styles.format}
          disabled={!parsed.ok}
          onClick={() => parsed.ok && setText(JSON.stringify(parsed.value, null, 2))}
        >
          {t('drafts.format')}
        </button>
      </div>
      <div className={styles.work}>
        <div className={styles.editor}>
          <Suspense fallback={<SkeletonRows rows={12} height={24} />}>
            <JsonEditor
              value={text}
              onChange={setText}
              label={t('drafts.editor')}
              problems={problems}
              target={target}
              onSubmit={send}
            />
          </Suspense>
        </div>
        <RecipeProblems
          text={text}
          parsed={parsed}
          error={submit.error}
          onShow={pointer => setTarget({ pointer })}
        />
      </div>
    </Page>
  )
}

import { Button } from '@mantine/core'
import { IconDownload, IconListDetails, IconMovieOff } from '@tabler/icons-react'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { draftZipUrl } from '@/api/drafts'
import { isProblem } from '@/api/problem'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Section } from '@/components/ui/Section'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { Time } from '@/components/ui/Time'
import { useWords } from '@/i18n'
import { bytes, count, duration } from '@/lib/format'
import { useTask } from '@/lib/task/useTask'
import { DraftBadge } from './DraftBadge'
import styles from './DraftPage.module.css'
import { Check } from './detail/Check'
import { Files } from './detail/Files'
import { Problems } from './detail/Problems'
import { Progress } from './detail/Progress'
import { RecipeButton } from './detail/RecipeButton'
import { Stages } from './detail/Stages'
import { useDraft } from './useDraft'

export function DraftPage() {
  const { t, language } = useWords()
  const navigate = useNavigate()
  const { name } = useParams({ from: '/drafts/$name' })
  const { task: asked } = useSearch({ from: '/drafts/$name' })
  const { data: draft, error, refetch, progress, seen } = useDraft(name)
  const taskId = draft?.taskId ?? asked
  const { task } = useTask(taskId, { onChange: () => void refetch() })

  if (error && !draft) {
    return (
      <Page title={name}>
        {isProblem(error) && error.status === 404 ? (
          <Empty icon={IconMovieOff} title={t('drafts.notFound')} detail={name}>
            <Button variant="default" onClick={() => void navigate({ to: '/drafts' })}>
              {t('drafts.backToList')}
            </Button>
          </Empty>
        ) : (
          <ProblemNote error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    )
  }
  if (!draft) {
    return (
      <Page title={name}>
        <SkeletonRows rows={8} />
      </Page>
    )
  }
  const ready = draft.state === 'ready'
  return (
    <Page
      name={draft.title ?? name}
      title={
        <>
          <span>{draft.title ?? name}</span>
          <DraftBadge state={draft.state} soft />
        </>
      }
      actions={
        <>
          {taskId && <RecipeButton name={name} />}
          {taskId && (
            <Button
              variant="default"
              leftSection={<IconListDetails size={16} stroke={1.7} />}
              onClick={() => void navigate({ to: '/tasks/$id', params: { id: taskId } })}
            >
              {t('drafts.openTask')}
            </Button>
          )}
          {ready && (
            <Button
              component="a"
              href={draftZipUrl(name)}
              download
              leftSection={<IconDownload size={16} stroke={1.7} />}
            >
              {t('drafts.zip')}
            </Button>
          )}
        </>
      }
      figures={
        <>
          <Figure label={t('drafts.length')}>{duration(draft.durationMs, language)}</Figure>
          <Figure label={t('drafts.files')}>{count(draft.files)}</Figure>
          <Figure label={t('drafts.colSize')}>{bytes(draft.bytes)}</Figure>
          <Figure label={t('drafts.colCreated')}>
            <Time at={draft.createdAt} />
          </Figure>
        </>
      }
    >
      <div className={styles.page}>
        <p className={`mono ${styles.folder}`}>{name}</p>
        {progress && <Progress progress={progress} />}
        <Problems problems={draft.problems} notes={draft.notes} error={task?.error ?? null} />
        <div className={styles.columns}>
          {taskId && (
            <Section title={t('drafts.steps')}>
              <Stages task={task} stage={progress?.stage} />
            </Section>
          )}
          <Check name={name} ready={ready} />
        </div>
        <Files name={name} progress={progress} seen={seen} />
      </div>
    </Page>
  )
}

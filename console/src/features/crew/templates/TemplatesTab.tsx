import { Button } from '@mantine/core'
import { IconPlus, IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { listTemplates, type Template } from '@/api/crew'
import { Empty } from '@/components/ui/Empty'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { type Column, DataTable } from '@/components/ui/table/DataTable'
import { useWords } from '@/i18n'
import styles from '../Crew.module.css'
import { useSpoken } from '../useSpoken'
import { TemplateDetail } from './TemplateDetail'

const TemplateDialog = lazy(() =>
  import('./TemplateDialog').then(module => ({ default: module.TemplateDialog })),
)

/** Phases that are used again and again: two that are built in, and one's own. */
export function TemplatesTab() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { open } = useSearch({ from: '/crew' })
  const [editing, setEditing] = useState<Template | 'new' | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['crew', 'templates'],
    queryFn: ({ signal }) => listTemplates(signal),
  })
  const toggle = (id: string) =>
    void navigate({
      to: '/crew',
      search: { tab: 'templates', open: id === open ? undefined : id },
      replace: true,
      resetScroll: false,
    })
  const spoken = useSpoken()
  const columns = useMemo<Column<Template>[]>(
    () => [
      {
        key: 'name',
        title: t('crew.template'),
        value: each => each.name,
        cell: each => (
          <span className={styles.job}>
            <span className={styles.name}>{spoken(each.name)}</span>
            <span className={styles.quiet} title={spoken(each.description)}>
              {each.id}
              {each.description && ` · ${spoken(each.description)}`}
            </span>
          </span>
        ),
      },
      {
        key: 'kind',
        title: t('crew.kind'),
        width: '110px',
        phoneWidth: '84px',
        value: each => each.kind,
        cell: each => t(`crew.kinds.${each.kind}`),
      },
      {
        key: 'phases',
        title: t('crew.phases'),
        width: '84px',
        phoneWidth: '60px',
        align: 'end',
        value: each => each.phases.length,
        cell: each => each.phases.length,
      },
      {
        key: 'threshold',
        title: t('crew.index'),
        width: '84px',
        align: 'end',
        rank: 'second',
        value: each => each.threshold,
        cell: each => each.threshold,
      },
    ],
    [t, spoken],
  )
  return (
    <>
      <div className={styles.bar}>
        <p className={styles.quiet}>{t('crew.templatesText')}</p>
        <span className={styles.barActions}>
          <Button leftSection={<IconPlus size={15} stroke={2} />} onClick={() => setEditing('new')}>
            {t('crew.newTemplate')}
          </Button>
        </span>
      </div>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <SkeletonRows rows={4} height={38} />}
      {data?.length === 0 && <Empty icon={IconTemplate} title={t('crew.noTemplates')} />}
      {data && data.length > 0 && (
        <DataTable
          rows={data}
          columns={columns}
          keyOf={each => each.id}
          openKey={open}
          onOpen={each => toggle(each.id)}
          detail={each => <TemplateDetail template={each} onEdit={() => setEditing(each)} />}
        />
      )}
      {editing && (
        <Suspense fallback={null}>
          <TemplateDialog
            template={editing === 'new' ? undefined : editing}
            onClose={() => setEditing(null)}
          />
        </Suspense>
      )}
    </>
  )
}

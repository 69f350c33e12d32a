import { Button } from '@mantine/core'
import { IconCalendarTime, IconPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'
import { listSchedules, type Schedule, schedulesOf } from '@/api/schedules'
import { Empty } from '@/components/ui/Empty'
import { Figure } from '@/components/ui/Figure'
import { More } from '@/components/ui/More'
import { Page } from '@/components/ui/Page'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { SearchBox } from '@/components/ui/SearchBox'
import { SkeletonRows } from '@/components/ui/Skeleton'
import { useWords } from '@/i18n'
import { count } from '@/lib/format'
import { useHotkeys } from '@/lib/hotkeys'
import { useFurther } from '@/lib/use-further'
import { usePushed } from '@/lib/use-pushed'
import { ScheduleDialog } from './ScheduleDialog'
import styles from './Schedules.module.css'
import { ScheduleTable } from './ScheduleTable'

const NEW = '+'

export function SchedulesPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const search = useSearch({ from: '/schedules' })
  const input = useRef<HTMLInputElement>(null)
  const { data, error, refetch } = usePushed({
    key: ['schedules'],
    topic: 'schedules',
    fetch: signal => listSchedules(undefined, signal),
    read: schedulesOf,
  })
  const { rows, more, loadMore, loading } = useFurther(data, listSchedules, each => each.name)
  const go = useCallback(
    (change: { q?: string; open?: string; edit?: string }, replace = false) =>
      void navigate({ to: '/schedules', search: { ...search, ...change }, replace }),
    [navigate, search],
  )
  useHotkeys({
    '/': event => {
      event.preventDefault()
      input.current?.focus()
    },
  })
  const q = (search.q ?? '').trim().toLowerCase()
  const found = rows?.filter(each => textOf(each).includes(q))
  const editing = rows?.find(each => each.name === search.edit)
  const close = () => go({ edit: undefined })
  return (
    <Page
      title={t('parts.schedules')}
      actions={
        <Button leftSection={<IconPlus size={16} stroke={2} />} onClick={() => go({ edit: NEW })}>
          {t('schedules.new')}
        </Button>
      }
      figures={
        <>
          <Figure label={t('parts.schedules')}>
            {count(rows?.length)}
            {more && '+'}
          </Figure>
          <Figure label={t('schedules.paused')}>
            {count(rows?.filter(each => each.paused).length)}
          </Figure>
          <Figure
            label={t('schedules.inTrouble')}
            tone={rows?.some(each => each.error) ? 'dead' : undefined}
          >
            {count(rows?.filter(each => each.error).length)}
          </Figure>
        </>
      }
    >
      <div className={styles.work}>
        {error && !rows && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!error && !rows && <SkeletonRows rows={8} height={38} />}
        {rows?.length === 0 && (
          <Empty
            icon={IconCalendarTime}
            title={t('schedules.emptyTitle')}
            detail={t('schedules.emptyDetail')}
          >
            <Button onClick={() => go({ edit: NEW })}>{t('schedules.new')}</Button>
          </Empty>
        )}
        {rows && rows.length > 0 && (
          <div className={styles.filter}>
            <SearchBox
              value={search.q ?? ''}
              placeholder={t('schedules.filter')}
              input={input}
              onChange={text => go({ q: text || undefined }, true)}
            />
          </div>
        )}
        {rows && rows.length > 0 && found?.length === 0 && (
          <Empty icon={IconCalendarTime} title={t('schedules.noMatch')} />
        )}
        {found && found.length > 0 && (
          <ScheduleTable
            schedules={found}
            open={search.open ?? null}
            onOpen={name => go({ open: name === search.open ? undefined : name }, true)}
            onEdit={name => go({ edit: name })}
          />
        )}
        <More more={more} loading={loading} onMore={loadMore} verb={t('action.more')} />
      </div>
      {search.edit === NEW && <ScheduleDialog onClose={close} />}
      {editing && <ScheduleDialog key={editing.name} schedule={editing} onClose={close} />}
    </Page>
  )
}

const textOf = ({ name, type, tags }: Schedule) => [name, type, ...tags].join(' ').toLowerCase()

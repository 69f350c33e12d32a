import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import {
  createSchedule,
  MISFIRES,
  OVERLAPS,
  replaceSchedule,
  type Schedule,
  type ScheduleBody,
} from '@/api/schedules'
import { Dialog } from '@/components/ui/Dialog'
import { JsonField, parsed } from '@/components/ui/JsonField'
import { ProblemNote } from '@/components/ui/ProblemNote'
import { Tabs } from '@/components/ui/Tabs'
import { useWords } from '@/i18n'
import { toast } from '@/lib/toast'
import { useTaskTypes } from '@/lib/use-task-types'
import { bodyOf, EMPTY, type Form, formOf, timingOf } from './form'
import styles from './Schedules.module.css'
import { TimingPreview } from './TimingPreview'

interface Props {
  /** The one to change; a new one without it. */
  schedule?: Schedule
  onClose: () => void
}

const KINDS = ['cron', 'every', 'at'] as const

export function ScheduleDialog({ schedule, onClose }: Props) {
  const { t } = useWords()
  const client = useQueryClient()
  const [form, setForm] = useState<Form>(() => (schedule ? formOf(schedule) : EMPTY))
  const set = (change: Partial<Form>) => setForm(had => ({ ...had, ...change }))
  const { data: types } = useTaskTypes()
  const { value, reason } = parsed(form.input)
  const save = useMutation({
    mutationFn: (body: ScheduleBody) =>
      schedule ? replaceSchedule(schedule.name, body) : createSchedule(form.name.trim(), body),
    onSuccess: ({ name }) => {
      onClose()
      toast({ kind: 'done', text: t('schedules.saveDone', { name }) })
      void client.invalidateQueries({ queryKey: ['schedules'] })
    },
  })
  const problem = isProblem(save.error) ? save.error : null
  const wrong = (field: string) =>
    problem?.errors.find(each => each.pointer.endsWith(`/${field}`))?.detail
  return (
    <Dialog
      open
      title={schedule ? t('schedules.editTitle', { name: schedule.name }) : t('schedules.new')}
      size={620}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={save.isPending}
            disabled={reason !== undefined || !form.type.trim() || !form.name.trim()}
            onClick={() => save.mutate(bodyOf(form, value))}
          >
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <div className={styles.pair}>
          <TextInput
            label={t('schedules.colName')}
            value={form.name}
            disabled={schedule !== undefined}
            placeholder="report.daily"
            error={wrong('name')}
            data-autofocus={!schedule || undefined}
            onChange={event => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('submit.type')}
            value={form.type}
            list="schedule-types"
            error={wrong('type')}
            onChange={event => set({ type: event.currentTarget.value })}
          />
        </div>
        <datalist id="schedule-types">
          {types?.map(type => (
            <option key={type} value={type} />
          ))}
        </datalist>
        <Tabs
          tabs={KINDS.map(kind => ({ key: kind, label: t(`schedules.kinds.${kind}`) }))}
          current={form.kind}
          onChange={kind => set({ kind: kind as Form['kind'] })}
        />
        <div className={styles.pair}>
          <TextInput
            label={t(`schedules.kindLabels.${form.kind}`)}
            value={form[form.kind]}
            description={t(`schedules.kindHints.${form.kind}`)}
            classNames={{ input: 'mono' }}
            data-autofocus={schedule ? true : undefined}
            type={form.kind === 'at' ? 'datetime-local' : 'text'}
            onChange={event => set({ [form.kind]: event.currentTarget.value })}
          />
          {form.kind === 'cron' && (
            <TextInput
              label={t('schedules.zone')}
              value={form.zone}
              description={t('schedules.zoneHint')}
              list="zones"
              onChange={event => set({ zone: event.currentTarget.value })}
            />
          )}
        </div>
        <datalist id="zones">
          {ZONES.map(zone => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <TimingPreview timing={timingOf(form)} />
        <div className={styles.pair}>
          <Select
            label={t('schedules.misfire')}
            data={MISFIRES.map(each => ({ value: each, label: t(`schedules.misfires.${each}`) }))}
            value={form.misfire}
            allowDeselect={false}
            onChange={misfire => set({ misfire: misfire as Form['misfire'] })}
          />
          <Select
            label={t('schedules.overlap')}
            data={OVERLAPS.map(each => ({ value: each, label: t(`schedules.overlaps.${each}`) }))}
            value={form.overlap}
            allowDeselect={false}
            onChange={overlap => set({ overlap: overlap as Form['overlap'] })}
          />
          <TextInput
            label={t('schedules.jitter')}
            value={form.jitter}
            placeholder="PT30S"
            error={wrong('jitter')}
            onChange={event => set({ jitter: event.currentTarget.value })}
          />
          <TextInput
            label={t('submit.expiry')}
            value={form.expiry}
            placeholder={t('submit.expiryHint')}
            error={wrong('expiry')}
            onChange={event => set({ expiry: event.currentTarget.value })}
          />
          <NumberInput
            label={t('submit.priority')}
            placeholder={t('submit.byDefault')}
            min={0}
            max={9}
            value={form.priority}
            error={wrong('priority')}
            onChange={priority => set({ priority })}
          />
        </div>
        <JsonField
          label={t('submit.input')}
          value={form.input}
          rows={4}
          onChange={input => set({ input })}
        />
        {save.error && <ProblemNote error={save.error} />}
      </div>
    </Dialog>
  )
}

/** Of this browser; the server knows them all and has the last word. */
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')]

import { Button } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import type { QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useMemo, useState } from 'react'
import { useAction } from '@/lib/use-action'
import { Confirm } from '../Confirm'
import { Empty } from '../Empty'
import { ProblemNote } from '../ProblemNote'
import { SkeletonRows } from '../Skeleton'
import { type Column, DataTable } from './DataTable'

/** Whether a new one is asked for is in the address of the page. */
export interface Adding {
  adding: boolean
  onAdd: () => void
  onClose: () => void
}

interface DialogProps<T> {
  /** The one to change; a new one without it. */
  thing?: T
  onClose: () => void
  onRemove?: () => void
}

interface Props<T> extends Adding {
  list: { data?: T[]; error: unknown; refetch: () => unknown }
  queryKey: QueryKey
  columns: (edit: (thing: T) => void) => Column<T>[]
  empty: { icon: TablerIcon; title: string; detail: string; verb: string }
  dialog: (props: DialogProps<T>) => ReactNode
  removal: {
    title: string
    text: string
    verb: string
    does: (thing: T) => Promise<unknown>
    /** What is said when it is gone. */
    said: (name: string) => string
  }
}

/** Named things that people set: listed, made, changed and taken away. */
export function KeptTable<T extends { name: string }>(props: Props<T>) {
  const { list, queryKey, columns, empty, dialog, removal, adding, onAdd, onClose } = props
  const { data, error, refetch } = list
  const [editing, setEditing] = useState<T | null>(null)
  const [removing, setRemoving] = useState<T | null>(null)
  const remove = useAction(queryKey)
  const shown = useMemo(() => columns(setEditing), [columns])
  return (
    <>
      {error != null && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {error == null && !data && <SkeletonRows rows={5} height={38} />}
      {data?.length === 0 && (
        <Empty icon={empty.icon} title={empty.title} detail={empty.detail}>
          <Button onClick={onAdd}>{empty.verb}</Button>
        </Empty>
      )}
      {data && data.length > 0 && (
        <DataTable
          rows={data}
          columns={shown}
          keyOf={each => each.name}
          sortBy={{ key: 'name', descending: false }}
        />
      )}
      {adding && dialog({ onClose })}
      {editing &&
        dialog({
          thing: editing,
          onClose: () => setEditing(null),
          onRemove: () => {
            setEditing(null)
            setRemoving(editing)
          },
        })}
      <Confirm
        open={removing !== null}
        title={removal.title}
        subject={removing?.name}
        text={removal.text}
        verb={removal.verb}
        onClose={() => setRemoving(null)}
        onConfirm={() =>
          removing &&
          remove.mutate({ does: () => removal.does(removing), said: removal.said(removing.name) })
        }
      />
    </>
  )
}

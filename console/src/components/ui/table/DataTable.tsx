import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type CSSProperties, type ReactNode, useMemo } from 'react'
import { useWords } from '@/i18n'
import { useWidth } from '@/lib/use-width'
import styles from './DataTable.module.css'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

export interface Column<Row> {
  key: string
  title: ReactNode
  /** For reading aloud and for sorting, where the title is not plain text. */
  name?: string
  cell: (row: Row) => ReactNode
  /** What to sort by; a column without it cannot be sorted. */
  value?: (row: Row) => number | string
  align?: 'end'
  width?: string
  /** Its width on a phone, where that differs. */
  phoneWidth?: string
  /** Leaves first when there is little room. */
  rank?: 'second' | 'third'
}

interface Props<Row> {
  rows: Row[]
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  sortBy?: { key: string; descending: boolean }
  onOpen?: (row: Row) => void
  /** Shown under an opened row. */
  openKey?: string | null
  detail?: (row: Row) => ReactNode
}

/** Up to these widths the style sheet leaves out columns of a rank. */
const THIRD = 900
const SECOND = 600

/** A table of at most some hundred rows that sorts by its headings. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { rows, columns, keyOf, sortBy, onOpen, openKey, detail } = props
  const { t } = useWords()
  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      columns.map(column => ({
        id: column.key,
        accessorFn: (row: Row) => column.value?.(row) ?? '',
        enableSorting: column.value !== undefined,
        sortDescFirst: column.align === 'end',
        sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
      })),
    [columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: keyOf,
    enableSortingRemoval: false,
    initialState: { sorting: sortBy ? [{ id: sortBy.key, desc: sortBy.descending }] : [] },
  })
  const sorting = table.state.sorting[0]
  const [box, width] = useWidth()
  // A cell over more columns than are shown would make room for those that are not.
  const shown = columns.filter(
    ({ rank }) => !rank || width > (rank === 'third' ? THIRD : SECOND),
  ).length
  return (
    <div className={styles.box} ref={box}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(column => {
              const sorted = sorting?.id === column.key ? sorting : undefined
              const Arrow = sorted?.desc ? IconArrowDown : IconArrowUp
              return (
                <th
                  key={column.key}
                  data-align={column.align}
                  data-rank={column.rank}
                  style={widths(column)}
                  aria-sort={sorted ? (sorted.desc ? 'descending' : 'ascending') : undefined}
                >
                  {column.value ? (
                    <button
                      type="button"
                      onClick={() => table.getColumn(column.key)?.toggleSorting()}
                      title={t('system.sortBy', { column: column.name ?? column.title })}
                    >
                      {column.title}
                      {sorted && <Arrow size={12} stroke={2} aria-hidden />}
                    </button>
                  ) : (
                    column.title
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        {table.getRowModel().rows.map(row => (
          <tbody key={row.id} data-open={row.id === openKey || undefined}>
            <tr
              data-click={onOpen ? true : undefined}
              onClick={onOpen && (() => onOpen(row.original))}
            >
              {columns.map(column => (
                <td key={column.key} data-align={column.align} data-rank={column.rank}>
                  {column.cell(row.original)}
                </td>
              ))}
            </tr>
            {detail && row.id === openKey && (
              <tr className={styles.detail}>
                <td colSpan={shown}>{detail(row.original)}</td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  )
}

const widths = ({ width, phoneWidth }: { width?: string; phoneWidth?: string }) =>
  ({ '--width': width ?? 'auto', '--phone-width': phoneWidth ?? width ?? 'auto' }) as CSSProperties

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b))
}

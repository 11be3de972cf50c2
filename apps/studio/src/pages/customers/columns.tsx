import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import type { Formats } from '../../formats/useFormats.ts'
import type { ListedCustomer } from './listQueries.ts'
import type { ListSort } from './listSearch.ts'
import { Revenue } from './Revenue.tsx'
import { StageMark } from './StageMark.tsx'

export interface CellWords {
  t: TFunction<['customers', 'states']>
  formats: Formats
}

export interface Column {
  /** The list's order that its heading asks for. */
  sort?: ListSort
  isFigure?: boolean
  /** In pixels. */
  width: number
  cell: (customer: ListedCustomer, words: CellWords) => ReactNode
}

const ago = (at: string | null, { formats }: CellWords) =>
  at === null ? null : (
    <time dateTime={at} title={formats.dateTime(at)}>
      {formats.relative(at)}
    </time>
  )

const day = (at: string | null, { formats }: CellWords) =>
  at === null ? null : (
    <time dateTime={at} title={formats.dateTime(at)}>
      {formats.date(at)}
    </time>
  )

/** What a row can show besides who it is, in the order of the columns. */
export const COLUMNS = {
  stage: {
    width: 140,
    cell: ({ lifecycle, stageSince }) => <StageMark stage={lifecycle.stage} since={stageSince} />,
  },
  permission: {
    width: 150,
    cell: ({ lifecycle }, { t }) => t(`permission.${lifecycle.permission}`, { ns: 'states' }),
  },
  value: { width: 90, cell: ({ lifecycle }, { t }) => t(`value.${lifecycle.value}`, { ns: 'states' }) },
  engagement: {
    width: 110,
    cell: ({ lifecycle }, { t }) => t(`engagement.${lifecycle.engagement}`, { ns: 'states' }),
  },
  advocacy: {
    width: 110,
    cell: ({ lifecycle }, { t }) => t(`advocacy.${lifecycle.advocacy}`, { ns: 'states' }),
  },
  orders: {
    width: 80,
    isFigure: true,
    cell: ({ orders }, { formats }) => formats.number(orders.count),
  },
  revenue: {
    width: 120,
    isFigure: true,
    sort: 'revenue',
    cell: ({ orders }) =>
      Object.keys(orders.revenue).length === 0 ? null : <Revenue revenue={orders.revenue} />,
  },
  lastOrder: {
    width: 130,
    sort: 'lastOrder',
    cell: ({ orders }, words) => ago(orders.lastAt, words),
  },
  lastSeen: { width: 130, cell: ({ lastSeenAt }, words) => ago(lastSeenAt, words) },
  nextDeadline: { width: 130, cell: ({ nextDeadlineAt }, words) => ago(nextDeadlineAt, words) },
  changed: { width: 120, sort: 'changed', cell: ({ changedAt }, words) => ago(changedAt, words) },
  created: { width: 120, sort: 'created', cell: ({ createdAt }, words) => day(createdAt, words) },
  country: { width: 90, cell: ({ country }) => country },
  locale: { width: 90, cell: ({ locale }) => locale },
} as const satisfies Record<string, Column>

export type ColumnName = keyof typeof COLUMNS

export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[]

export const FIRST_COLUMNS: readonly ColumnName[] = [
  'stage',
  'permission',
  'orders',
  'revenue',
  'lastOrder',
  'lastSeen',
  'nextDeadline',
]

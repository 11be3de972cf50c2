import { UnstyledButton } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { COLUMNS, type Column, type ColumnName } from './columns.tsx'
import { CustomerName } from './CustomerName.tsx'
import classes from './CustomersPage.module.css'
import type { RowsProps } from './rowsProps.ts'
import type { ListSort } from './listSearch.ts'

const NAME_WIDTH = 260

export interface CustomerTableProps extends RowsProps {
  columns: readonly ColumnName[]
  sort: ListSort
  onSort: (sort: ListSort) => void
}

/** The list as a table: of all its rows only those that are seen are there. */
export function CustomerTable({
  customers,
  virtualizer,
  current,
  columns,
  sort,
  onSort,
}: CustomerTableProps) {
  const { t } = useTranslation(['customers', 'states'])
  const formats = useFormats()
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  const shown = columns.map((name): [ColumnName, Column] => [name, COLUMNS[name]])
  const width = NAME_WIDTH + shown.reduce((sum, [, column]) => sum + column.width, 0)
  const spacer = (height: number) =>
    height > 0 ? (
      <tr className={classes['spacer']} aria-hidden>
        <td colSpan={shown.length + 1} style={{ height }} />
      </tr>
    ) : null
  return (
    <table className={classes['table']} style={{ minWidth: width }} aria-rowcount={customers.length + 1}>
      <caption className={classes['caption']}>{t('caption')}</caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" style={{ width: NAME_WIDTH }}>
            {t('customer')}
          </th>
          {shown.map(([name, { sort: own, isFigure, width: wide }]) => (
            <th
              key={name}
              scope="col"
              style={{ width: wide }}
              {...(isFigure ? { className: 'figure' } : {})}
              {...(own === sort ? { 'aria-sort': 'descending' as const } : {})}
            >
              {own === undefined ? (
                t(`column.${name}`)
              ) : (
                <UnstyledButton onClick={() => onSort(own)}>
                  {t(`column.${name}`)}
                  {own === sort ? <IconArrowDown size={12} stroke={2} aria-hidden /> : null}
                </UnstyledButton>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {spacer(before)}
        {items.map(({ index }) => {
          const customer = customers[index]
          if (!customer) return null
          return (
            <tr
              key={customer.id}
              data-row
              data-index={index}
              aria-rowindex={index + 2}
              className={classes['row']}
            >
              <td>
                <CustomerName customer={customer} tabIndex={index === current ? 0 : -1} />
              </td>
              {shown.map(([name, { cell, isFigure }]) => (
                <td key={name} {...(isFigure ? { className: 'figure' } : {})}>
                  {cell(customer, { t, formats }) ?? <span className={classes['nothing']}>–</span>}
                </td>
              ))}
            </tr>
          )
        })}
        {spacer(after)}
      </tbody>
    </table>
  )
}

import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CustomerName } from './CustomerName.tsx'
import classes from './CustomersPage.module.css'
import type { RowsProps } from './rowsProps.ts'
import { Revenue } from './Revenue.tsx'
import { StageMark } from './StageMark.tsx'

/** The list where there is no room for a table: two lines for each customer. */
export function CustomerCards({ customers, virtualizer, current }: RowsProps) {
  const { t } = useTranslation('customers')
  return (
    <ul className={classes['list']} style={{ height: virtualizer.getTotalSize() }} aria-label={t('caption')}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const customer = customers[index]
        if (!customer) return null
        return (
          <li
            key={customer.id}
            data-index={index}
            className={`${classes['card']} ${classes['row']}`}
            style={{ transform: `translateY(${start}px)` }}
            aria-posinset={index + 1}
            aria-setsize={customers.length}
          >
            <Group gap="sm" justify="space-between" wrap="nowrap" align="flex-start">
              <CustomerName customer={customer} tabIndex={index === current ? 0 : -1} />
              <div className={classes['aside']}>
                <StageMark stage={customer.lifecycle.stage} since={customer.stageSince} />
                <Text size="xs" c="dimmed" ta="right" className="figure">
                  <Revenue revenue={customer.orders.revenue} />
                </Text>
              </div>
            </Group>
          </li>
        )
      })}
    </ul>
  )
}

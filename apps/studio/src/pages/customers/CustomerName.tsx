import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ListedCustomer } from './listQueries.ts'
import classes from './CustomersPage.module.css'

/** Who a customer is, as a link to them that the whole row belongs to, and below it what else they are known by. */
export function CustomerName({ customer, tabIndex }: { customer: ListedCustomer; tabIndex: number }) {
  const { t } = useTranslation('customers')
  const { id, name, email, userId, claims } = customer
  const claimed = claims.email ?? claims.userId
  const known = [name, email, userId].filter((text) => text !== null)
  const title = known[0] ?? claimed ?? t('anonymous')
  const rest =
    known[1] ?? (known.length === 0 && claimed !== undefined ? t('claimed') : known.length === 0 ? id : '')
  return (
    <div className={classes['name']}>
      <Link
        to="/customers/$customerId"
        params={{ customerId: id }}
        className={classes['link']}
        data-row-link
        tabIndex={tabIndex}
        title={title}
        preload={false}
      >
        {title}
      </Link>
      <Text size="xs" c="dimmed" truncate title={rest}>
        {rest}
      </Text>
    </div>
  )
}

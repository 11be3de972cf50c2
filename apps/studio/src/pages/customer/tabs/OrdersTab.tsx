import {
  Badge,
  Button,
  Group,
  ScrollArea,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconShoppingBag } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { orderLinesQuery, ordersQuery, type CustomerDetail } from '../customerQueries.ts'
import { Carts } from './Carts.tsx'
import { Lines, type Line } from './Lines.tsx'

interface Order {
  id: string
  at: string
  currency: string
  total: number
  refunded: number
  cancelled: boolean
  trusted: boolean
  coupon: string | null
}

function OrderRow({ order, lines }: { order: Order; lines: readonly Line[] | undefined }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const [isOpen, setOpen] = useState(false)
  const { id, at, currency, total, refunded, cancelled, trusted, coupon } = order
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <Fragment>
      <Table.Tr>
        <Table.Td>
          <UnstyledButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} maw={220}>
            <Group gap={4} wrap="nowrap">
              <Chevron size={14} aria-hidden style={{ flexShrink: 0 }} />
              <Text size="sm" truncate title={id}>
                {id}
              </Text>
            </Group>
          </UnstyledButton>
        </Table.Td>
        <Table.Td>{formats.dateTime(at)}</Table.Td>
        <Table.Td>
          <Group gap={4}>
            {cancelled ? (
              <Badge size="xs" color="red" variant="light" tt="none">
                {t('orders.cancelled')}
              </Badge>
            ) : null}
            {refunded > 0 ? (
              <Badge size="xs" color="yellow" variant="light" tt="none">
                {t('orders.refunded', { amount: formats.money(refunded, currency) })}
              </Badge>
            ) : null}
            {trusted ? null : (
              <Badge size="xs" variant="default" tt="none">
                {t('orders.untrusted')}
              </Badge>
            )}
            {coupon === null ? null : (
              <Badge size="xs" variant="default" tt="none">
                {coupon}
              </Badge>
            )}
          </Group>
        </Table.Td>
        <Table.Td className="figure" ta="right">
          {formats.money(total, currency)}
        </Table.Td>
      </Table.Tr>
      {isOpen ? (
        <Table.Tr>
          <Table.Td colSpan={4} pl="xl">
            {lines === undefined ? (
              <Text size="sm" c="dimmed">
                {t('orders.noLines')}
              </Text>
            ) : (
              <Lines lines={lines} currency={currency} />
            )}
          </Table.Td>
        </Table.Tr>
      ) : null}
    </Fragment>
  )
}

/** What a customer is about to buy, and what they have bought. */
export function OrdersTab({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const orders = useInfiniteQuery(ordersQuery(customer.id))
  const lines = useQuery(orderLinesQuery(customer.id))
  if (orders.error && !orders.data)
    return <Failure error={orders.error} reset={() => void orders.refetch()} />
  if (!orders.data) return <Skeleton height={160} aria-busy="true" />
  const all = orders.data.pages.flatMap((page) => page.orders)
  return (
    <Stack gap="lg">
      <Carts customer={customer} />
      <div>
        <Title order={3} mb="xs">
          {t('orders.title')}
        </Title>
        {all.length === 0 ? (
          <Empty
            icon={<IconShoppingBag size={22} stroke={1.6} aria-hidden />}
            title={t('orders.empty')}
            text={t('orders.emptyText')}
          />
        ) : (
          <ScrollArea type="auto" tabIndex={-1}>
            <Table miw={480} verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('orders.order')}</Table.Th>
                  <Table.Th>{t('orders.date')}</Table.Th>
                  <Table.Th>{t('orders.state')}</Table.Th>
                  <Table.Th ta="right">{t('orders.total')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {all.map((order) => (
                  <OrderRow key={order.id} order={order} lines={lines.data?.[order.id]} />
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
        )}
        {orders.hasNextPage ? (
          <Button
            variant="default"
            size="xs"
            mt="xs"
            onClick={() => void orders.fetchNextPage()}
            loading={orders.isFetchingNextPage}
          >
            {t('timeline.more')}
          </Button>
        ) : null}
      </div>
    </Stack>
  )
}

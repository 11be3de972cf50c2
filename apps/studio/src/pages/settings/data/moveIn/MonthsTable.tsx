import type { OrderMonth } from '@ciclo/csv'
import { Stack, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { WideTable } from '../../../../parts/WideTable.tsx'
import { useFormats } from '../../../../formats/useFormats.ts'

/** Orders and revenue by month: the files beside what Ciclo knows. */
export function MonthsTable({
  files,
  known,
  dryRun,
}: {
  files: ReadonlyMap<string, OrderMonth>
  known: readonly OrderMonth[]
  dryRun: boolean
}) {
  const { t } = useTranslation('moveIn')
  const { number, money } = useFormats()
  const byKey = new Map(known.map((month) => [`${month.month} ${month.currency}`, month]))
  const months = [...files].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('months')}
      </Title>
      <Text size="sm" c="dimmed">
        {t(dryRun ? 'monthsBefore' : 'monthsAfter')}
      </Text>
      <WideTable label={t('months')} minWidth={520} maxHeight={320}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('month')}</Table.Th>
            <Table.Th ta="right">{t('ordersInFiles')}</Table.Th>
            <Table.Th ta="right">{t('revenueInFiles')}</Table.Th>
            <Table.Th ta="right">{t('ordersHere')}</Table.Th>
            <Table.Th ta="right">{t('revenueHere')}</Table.Th>
            {dryRun ? null : <Table.Th>{t('compared')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {months.map(([key, { month, currency, orders, revenue }]) => {
            const here = byKey.get(key)
            const isSame = here?.orders === orders && here.revenue === revenue
            return (
              <Table.Tr key={key}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{month}</Table.Td>
                <Table.Td ta="right" className="figure">
                  {number(orders)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {money(revenue, currency)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {number(here?.orders ?? 0)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {money(here?.revenue ?? 0, currency)}
                </Table.Td>
                {dryRun ? null : (
                  <Table.Td fw={isSame ? 400 : 700}>{t(isSame ? 'same' : 'differs')}</Table.Td>
                )}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </WideTable>
    </Stack>
  )
}

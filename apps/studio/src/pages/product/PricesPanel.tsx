import { Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import { WideTable } from '../../parts/WideTable.tsx'
import { ProductPrice } from '../products/ProductPrice.tsx'
import type { ProductDetail } from '../products/productQueries.ts'
import { lowestPrices } from './lowestPrices.ts'

/** What it costs in each currency, and the lowest that it has cost within 30 days. */
export function PricesPanel({ product }: { product: ProductDetail }) {
  const { t } = useTranslation('products')
  const { money, date } = useFormats()
  const [now] = useState(() => Date.now())
  const { prices, price, currency, reduction, history } = product
  const told =
    price === null || currency === null ? [] : [{ currency, price, previous: reduction?.previous ?? null }]
  const all = prices.length > 0 ? prices : told
  const lowest = lowestPrices(history, now)
  return (
    <Panel title={t('prices.title')}>
      {all.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('prices.none')}
        </Text>
      ) : (
        <WideTable label={t('prices.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('prices.currency')}</Table.Th>
              <Table.Th ta="right">{t('price')}</Table.Th>
              <Table.Th ta="right">{t('prices.lowest')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.map((one) => {
              const low = lowest.get(one.currency)
              return (
                <Table.Tr key={one.currency}>
                  <Table.Td>{one.currency}</Table.Td>
                  <Table.Td ta="right">
                    <ProductPrice {...one} />
                  </Table.Td>
                  <Table.Td ta="right" className="figure">
                    {low ? `${money(low.price, one.currency)} (${date(low.at)})` : '–'}
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </WideTable>
      )}
    </Panel>
  )
}

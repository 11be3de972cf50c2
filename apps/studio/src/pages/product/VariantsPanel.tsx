import { Stack, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/Panel.tsx'
import { WideTable } from '../../parts/WideTable.tsx'
import { ProductPrice } from '../products/ProductPrice.tsx'
import type { ProductDetail } from '../products/productQueries.ts'
import { StockBadge } from '../products/StockBadge.tsx'

/** The forms in which it is sold. */
export function VariantsPanel({ product: { variants } }: { product: ProductDetail }) {
  const { t } = useTranslation('products')
  return (
    <Panel title={t('variants')}>
      <WideTable label={t('variants')} maxHeight={420}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('variant')}</Table.Th>
            <Table.Th ta="right">{t('price')}</Table.Th>
            <Table.Th>{t('stock.title')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {variants.map(({ id, sku, name, prices, stock }) => (
            <Table.Tr key={id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{name ?? sku ?? id}</Table.Td>
              <Table.Td ta="right">
                <Stack gap={0}>
                  {prices.map((price) => (
                    <ProductPrice key={price.currency} {...price} />
                  ))}
                </Stack>
              </Table.Td>
              <Table.Td>
                <StockBadge stock={stock} hidden={false} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </Panel>
  )
}

import { Anchor, Group, Stack, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/Panel.tsx'
import { ProductPicture } from '../../parts/ProductPicture.tsx'
import { ProductPrice } from './ProductPrice.tsx'
import type { ListedProduct } from './productQueries.ts'
import { StockBadge } from './StockBadge.tsx'

/** Products, each with what it costs and whether it can be bought. */
export function ProductsTable({ products }: { products: readonly ListedProduct[] }) {
  const { t } = useTranslation('products')
  return (
    <Panel>
      <Table verticalSpacing={6} horizontalSpacing="xs" aria-label={t('title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('product')}</Table.Th>
            <Table.Th scope="col" visibleFrom="md">
              {t('category')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('price')}
            </Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {t('stock.title')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {products.map((product) => (
            <ProductRow key={product.id} product={product} />
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

function ProductRow({
  product: { id, sku, name, brand, category, imageUrl, price, currency, reduction, stock, hidden, trusted },
}: {
  product: ListedProduct
}) {
  const { t } = useTranslation('products')
  const label = name ?? id
  return (
    <Table.Tr>
      <Table.Td maw={0} w="100%">
        <Group gap="sm" wrap="nowrap">
          <ProductPicture url={imageUrl} size={40} />
          <Stack gap={0} miw={0}>
            <Anchor
              renderRoot={(props) => <Link to="/products/$productId" params={{ productId: id }} {...props} />}
              fw={600}
              size="sm"
              truncate
              title={label}
            >
              {label}
            </Anchor>
            <Text size="xs" c="dimmed" truncate>
              {[brand, sku ?? id].filter((part) => part !== null).join(' · ')}
              {trusted ? '' : ` · ${t('browsersOnly')}`}
            </Text>
          </Stack>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md" maw={200}>
        <Text size="sm" truncate>
          {category ?? '–'}
        </Text>
      </Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
        <Stack gap={2} align="flex-end">
          <ProductPrice price={price} currency={currency} previous={reduction?.previous ?? null} />
          <Text component="div" hiddenFrom="sm">
            <StockBadge stock={stock} hidden={hidden} />
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <StockBadge stock={stock} hidden={hidden} />
      </Table.Td>
    </Table.Tr>
  )
}

import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import { ProductPicture } from '../../parts/ProductPicture.tsx'
import type { ProductDetail } from '../products/productQueries.ts'

/** More are looked at in the shop. */
const PICTURES = 4

/** What is known of a product, and who has said it. */
export function FactsPanel({ product }: { product: ProductDetail }) {
  const { t } = useTranslation('products')
  const { dateTime } = useFormats()
  const { id, sku, brand, category, images, imageUrl, updatedAt, listedAt } = product
  const pictures = images.length > 0 ? images.slice(0, PICTURES) : imageUrl === null ? [] : [imageUrl]
  const facts = [
    ['id', id],
    ['sku', sku],
    ['brand', brand],
    ['category', category],
    ['listedAt', listedAt === null ? t('never') : dateTime(listedAt)],
    ['updatedAt', dateTime(updatedAt)],
  ] as const
  return (
    <Panel title={t('facts.title')}>
      {pictures.length > 0 ? (
        <Group gap="xs">
          {pictures.map((url, place) => (
            <ProductPicture key={url} url={url} size={place === 0 ? 160 : 72} />
          ))}
        </Group>
      ) : null}
      <Stack component="dl" gap={6} m={0}>
        {facts.map(([name, value]) => (
          <Group key={name} justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
            <Text component="dt" size="sm" c="dimmed">
              {t(`facts.${name}`)}
            </Text>
            <Text component="dd" size="sm" m={0} ta="right" style={{ overflowWrap: 'anywhere' }}>
              {value ?? '–'}
            </Text>
          </Group>
        ))}
      </Stack>
    </Panel>
  )
}

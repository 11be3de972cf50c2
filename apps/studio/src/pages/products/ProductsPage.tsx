import { Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { IconPackage } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { MoreButton } from '../../parts/MoreButton.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { useSession } from '../../session/useSession.ts'
import { Failure } from '../../shell/Failure.tsx'
import { FeedDialog } from './FeedDialog.tsx'
import { productsQuery } from './productQueries.ts'
import { ProductsTable } from './ProductsTable.tsx'
import { STOCK_LEVELS } from './readProductsSearch.ts'

/** Between the last key and the question, in milliseconds. */
const PAUSE = 150

/** What the shop sells, as far as Ciclo knows it. */
export function ProductsPage() {
  const { t } = useTranslation('products')
  const search = useSearch({ from: '/inside/products' })
  const navigate = useNavigate({ from: '/products' })
  const { role } = useSession()
  const [isFeedOpen, feedDialog] = useDisclosure(false)
  const [typed, setTyped] = useState(search.text ?? '')
  const list = useInfiniteQuery(productsQuery(search))
  const tell = useDebouncedCallback((text: string) => {
    void navigate({
      search: ({ text: _before, ...rest }) => (text.trim() === '' ? rest : { ...rest, text }),
      replace: true,
    })
  }, PAUSE)
  const products = (list.data?.pages ?? []).flatMap((page) => page.products)
  const isFiltered = search.text !== undefined || search.stock !== undefined
  const isEmpty = list.data !== undefined && products.length === 0 && !list.isPlaceholderData
  return (
    <>
      <PageTitle
        title={t('title')}
        text={t('text')}
        actions={
          role === 'analyst' ? null : (
            <Button variant="default" onClick={feedDialog.open}>
              {t('feed.button')}
            </Button>
          )
        }
      />
      {isFeedOpen ? <FeedDialog onClose={feedDialog.close} /> : null}
      {list.error && !list.data ? <Failure error={list.error} reset={() => void list.refetch()} /> : null}
      {isEmpty && !isFiltered ? (
        <NoProducts />
      ) : (
        <Stack gap="sm">
          <Group gap="sm">
            <SearchField
              label={t('search')}
              value={typed}
              onChange={(text) => {
                setTyped(text)
                tell(text)
              }}
            />
            <SegmentedControl
              aria-label={t('stock.title')}
              value={search.stock ?? 'all'}
              onChange={(value) => {
                const stock = STOCK_LEVELS.find((level) => level === value)
                void navigate({
                  search: ({ stock: _before, ...rest }) => (stock ? { ...rest, stock } : rest),
                })
              }}
              data={(['all', ...STOCK_LEVELS] as const).map((value) => ({
                value,
                label: t(`filter.${value}`),
              }))}
            />
          </Group>
          {list.isPending ? <Skeleton height={320} aria-busy="true" /> : null}
          {isEmpty ? (
            <Text size="sm" c="dimmed" role="status">
              {t('noneFound')}
            </Text>
          ) : null}
          {products.length > 0 ? <ProductsTable products={products} /> : null}
          <MoreButton label={t('more')} query={list} />
        </Stack>
      )}
    </>
  )
}

function NoProducts() {
  const { t } = useTranslation('products')
  return (
    <Empty
      icon={<IconPackage size={22} stroke={1.6} aria-hidden />}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        <Button
          renderRoot={(props) => <Link to="/settings/{-$part}" params={{ part: 'connections' }} {...props} />}
        >
          {t('empty.connect')}
        </Button>
      }
    />
  )
}

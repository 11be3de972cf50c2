import { Anchor, Grid, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../../parts/PageLink.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { productQuery } from '../products/productQueries.ts'
import { StockBadge } from '../products/StockBadge.tsx'
import { FactsPanel } from './FactsPanel.tsx'
import { PricesPanel } from './PricesPanel.tsx'
import { RecommendedPanel } from './RecommendedPanel.tsx'
import { ShelfButton } from './ShelfButton.tsx'
import { VariantsPanel } from './VariantsPanel.tsx'

/** One product: what is known of it, what it costs and has cost, and what goes with it. */
export function ProductPage() {
  const { t } = useTranslation('products')
  const { productId } = useParams({ from: '/inside/products/$productId' })
  const { data, error, refetch } = useQuery(productQuery(productId))
  if (error)
    return (
      <>
        <PageTitle title={t('title')} />
        <Failure error={error} reset={() => void refetch()} />
      </>
    )
  if (!data)
    return (
      <>
        <PageTitle title={t('title')} />
        <Loading />
      </>
    )
  return (
    <Stack gap="md">
      <div>
        <PageLink to="/products" size="sm">
          {t('all')}
        </PageLink>
        <PageTitle
          title={data.name ?? data.id}
          text={
            <Group gap="xs">
              <StockBadge stock={data.stock} hidden={data.hidden} />
              {data.url === null ? null : (
                <Anchor href={data.url} target="_blank" rel="noreferrer" size="sm">
                  {t('inShop')}
                </Anchor>
              )}
              {data.trusted ? null : <Text size="sm">{t('browsersOnlyText')}</Text>}
            </Group>
          }
          actions={<ShelfButton product={data} />}
        />
      </div>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <FactsPanel product={data} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <PricesPanel product={data} />
            {data.variants.length > 0 ? <VariantsPanel product={data} /> : null}
            <RecommendedPanel productId={data.id} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  )
}

import { Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../../parts/PageLink.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Recommended } from '../../parts/recommendations/Recommended.tsx'

/** What goes with a product, and what is bought after it, each with its reason. */
export function RecommendedPanel({ productId }: { productId: string }) {
  const { t } = useTranslation('recommendations')
  return (
    <Panel
      title={t('product.title')}
      text={t('product.text')}
      actions={
        <PageLink to="/settings/{-$part}" params={{ part: 'recommendations' }} size="sm">
          {t('build.title')}
        </PageLink>
      }
    >
      {(['together', 'next'] as const).map((kind) => (
        <Stack key={kind} gap="xs">
          <Title order={3} size="h5">
            {t(`product.${kind}`)}
          </Title>
          <Recommended asked={{ kind, productId, limit: 10 }} isPure />
        </Stack>
      ))}
      <Text size="xs" c="dimmed">
        {t('product.filled')}
      </Text>
    </Panel>
  )
}

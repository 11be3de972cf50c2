import { SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../../parts/PageLink.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Recommended } from '../../parts/recommendations/Recommended.tsx'

const KINDS = ['together', 'next'] as const

/** What Ciclo would recommend beside a product, or after it, and why. */
export function RecommendedPanel({ productId }: { productId: string }) {
  const { t } = useTranslation('recommendations')
  const [kind, setKind] = useState<(typeof KINDS)[number]>('together')
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
      <SegmentedControl
        w="fit-content"
        aria-label={t('kind')}
        value={kind}
        onChange={(value) => setKind(value === 'next' ? 'next' : 'together')}
        data={KINDS.map((value) => ({ value, label: t(`product.${value}`) }))}
      />
      <Recommended asked={{ kind, productId, limit: 10 }} isPure />
      <Text size="xs" c="dimmed">
        {t('product.filled')}
      </Text>
    </Panel>
  )
}

import { Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { PageLink } from '../../parts/PageLink.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { useSession } from '../../session/useSession.ts'
import { Failure } from '../../shell/Failure.tsx'
import { ProductPicture } from '../products/ProductPicture.tsx'
import { ProductPrice } from '../products/ProductPrice.tsx'
import { recommendedQuery } from '../products/productQueries.ts'

const KINDS = ['together', 'next'] as const

/** What Ciclo would recommend beside a product, or after it, and why. */
export function RecommendedPanel({ productId }: { productId: string }) {
  const { t } = useTranslation('products')
  const { number } = useFormats()
  const { role } = useSession()
  const [kind, setKind] = useState<(typeof KINDS)[number]>('together')
  const { data, error, refetch } = useQuery(recommendedQuery(productId, kind))
  const build = useMutation({
    mutationFn: () => ask(api.recommendations.build.$post()),
    onSuccess: () => notifications.show({ message: t('recommended.asked') }),
    onError: (problem) => notifications.show({ color: 'red', message: messageOf(problem) }),
  })
  return (
    <Panel
      title={t('recommended.title')}
      text={t('recommended.text')}
      actions={
        role === 'analyst' ? null : (
          <Button
            size="compact-sm"
            variant="default"
            loading={build.isPending}
            onClick={() => build.mutate()}
          >
            {t('recommended.build')}
          </Button>
        )
      }
    >
      <SegmentedControl
        w="fit-content"
        aria-label={t('recommended.kind')}
        value={kind}
        onChange={(value) => setKind(value === 'next' ? 'next' : 'together')}
        data={KINDS.map((value) => ({ value, label: t(`recommended.kinds.${value}`) }))}
      />
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={120} aria-busy="true" /> : null}
      {data?.recommendations.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('recommended.none')}
        </Text>
      ) : null}
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {data?.recommendations.map(({ product, reason }) => (
          <Group key={product.id} component="li" gap="sm" wrap="nowrap">
            <ProductPicture url={product.imageUrl} size={40} />
            <Stack gap={0} flex={1} miw={0}>
              <PageLink to="/products/$productId" params={{ productId: product.id }} size="sm" truncate>
                {product.name}
              </PageLink>
              <Text size="xs" c="dimmed">
                {t(`recommended.reasons.${reason.kind}`, {
                  customers: number(reason.customers),
                  of: number(reason.of),
                })}
              </Text>
            </Stack>
            <ProductPrice price={product.price} currency={product.currency} previous={null} />
          </Group>
        ))}
      </Stack>
    </Panel>
  )
}

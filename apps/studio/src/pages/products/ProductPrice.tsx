import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'

/** What it costs, and what it has come down from. */
export function ProductPrice({
  price,
  currency,
  previous,
}: {
  price: number | null
  currency: string | null
  previous: number | null
}) {
  const { t } = useTranslation('products')
  const { money } = useFormats()
  if (price === null || currency === null) return <Text size="sm">–</Text>
  return (
    <Text size="sm" className="figure" component="span">
      {money(price, currency)}
      {previous !== null && previous > price ? (
        <Text span size="xs" c="dimmed" ml={6} td="line-through" aria-label={t('before')}>
          {money(previous, currency)}
        </Text>
      ) : null}
    </Text>
  )
}

import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { PageLink } from '../PageLink.tsx'
import { ProductPicture } from '../ProductPicture.tsx'
import classes from './RecommendedList.module.css'
import type { Recommendation } from './recommendationQueries.ts'
import { useReasonWords } from './useReasonWords.ts'

/** Products that are recommended, the best first, each with its reason, and leading to what goes with it. */
export function RecommendedList({ recommendations }: { recommendations: readonly Recommendation[] }) {
  const { t } = useTranslation('recommendations')
  const formats = useFormats()
  const reasonOf = useReasonWords()
  return (
    <ol className={classes['list']}>
      {recommendations.map(({ product: { id, name, imageUrl, price, currency }, reason }) => (
        <li key={id}>
          <ProductPicture url={imageUrl} size={40} />
          <div className={classes['what']}>
            <PageLink
              to="/products/$productId"
              params={{ productId: id }}
              size="sm"
              fw={600}
              title={t('seeWhatGoesWith', { name })}
            >
              {name}
            </PageLink>
            <Text size="sm" c="dimmed">
              {reasonOf(reason)}
            </Text>
          </div>
          <Text size="sm" className="figure">
            {price === null || currency === null ? '–' : formats.money(price, currency)}
          </Text>
        </li>
      ))}
    </ol>
  )
}

import type { z } from 'zod'
import type { RecommendedProduct } from '../recommendations/recommend.ts'
import type { RecommendationsSchema } from './recommendationSchemas.ts'

type Shown = z.infer<typeof RecommendationsSchema>['recommendations'][number]

/** What is shown of a recommended product: nothing that only browsers have said. */
export function presentRecommendation({ product, reason }: RecommendedProduct): Shown {
  const told = <Value>(field: string, value: Value) => (product.claimed.includes(field) ? null : value)
  const price = told('price', product.price)
  return {
    product: {
      id: product.id,
      name: product.name ?? product.id,
      url: told('url', product.url),
      imageUrl: told('imageUrl', product.imageUrl),
      price,
      currency: price === null ? null : product.currency,
    },
    reason,
  }
}

/** Ids between commas. */
export const idsIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
    .slice(0, 20)

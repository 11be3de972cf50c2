import { sampleData, type TemplateData } from '@ciclo/templates'
import { recommendationWords } from '../mail/recommendationWords.ts'
import type { RecommendedKind } from '../recommendations/recommend.ts'

/** So many speak for the first of the made-up recommendations. */
const SAMPLE_CUSTOMERS = 41

/** What a preview shows that is nobody's: its products have one picture of ours, and are recommended in its language. */
export function madeUpMail(
  purpose: TemplateData['purpose'],
  imageUrl: string,
  language: string,
): Omit<TemplateData, 'urls' | 'shop'> {
  const { urls: _urls, shop: _shop, ...made } = sampleData(purpose)
  const pictured = <Row extends { imageUrl?: string | undefined }>(rows: readonly Row[] = []) =>
    rows.map((row) => (row.imageUrl === undefined ? row : { ...row, imageUrl }))
  const worded = (kind: RecommendedKind, rows: TemplateData['recommendations']) =>
    pictured(rows).map((row, place) => ({
      ...row,
      why: recommendationWords(language, kind, Math.round(SAMPLE_CUSTOMERS / (place + 1))),
    }))
  const { next, popular, viewed } = made.recommended ?? {}
  return {
    ...made,
    products: pictured(made.products),
    recommendations: worded('together', made.recommendations),
    recommended: {
      next: worded('next', next),
      popular: worded('popular', popular),
      viewed: worded('viewed', viewed),
    },
  }
}

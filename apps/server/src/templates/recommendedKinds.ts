import type { TemplateSource } from '@ciclo/templates'
import { RECOMMENDED_KINDS, type RecommendedKind } from '../recommendations/recommend.ts'

/** By which name a template shows what is recommended in each way. */
const nameOf = (kind: RecommendedKind): string =>
  kind === 'together' ? 'recommendations' : `recommended.${kind}`

/** The ways of recommending that a template names, in its MJML or in its texts: no other is looked up for its mails. */
export function recommendedKinds({
  mjml,
  strings,
}: Pick<TemplateSource, 'mjml' | 'strings'>): RecommendedKind[] {
  const texts = [mjml, ...Object.values(strings).flatMap((words) => Object.values(words))]
  const naming = texts.filter((text) => text.includes('recommend'))
  return RECOMMENDED_KINDS.filter((kind) => naming.some((text) => text.includes(nameOf(kind))))
}

import type { Place } from '../place.ts'
import * as facts from './factKinds.ts'
import * as pictures from './pictureKinds.ts'
import * as products from './productKinds.ts'
import { recommended } from './recommendedKind.ts'
import * as wording from './wordingKinds.ts'
import type { SectionKind } from './defineKind.ts'
import type { SectionValues } from './derivedReader.ts'

export { NEW_TEXT, type SectionValues } from './derivedReader.ts'

/** The catalogue, in the order in which it is offered. */
export const SECTION_KINDS = {
  hero: pictures.hero,
  heading: wording.heading,
  paragraph: wording.paragraph,
  point: wording.point,
  button: wording.button,
  image: pictures.image,
  imageText: pictures.imageText,
  columns: pictures.columns,
  productRows: products.productRows,
  productGrid: products.productGrid,
  recommended,
  orderLines: products.orderLines,
  coupon: facts.coupon,
  orderNumber: facts.orderNumber,
  deliveryAddress: facts.deliveryAddress,
  parcel: facts.parcel,
  points: facts.points,
  survey: wording.survey,
  divider: wording.divider,
  spacer: wording.spacer,
  social: facts.social,
  linkNote: wording.linkNote,
  withdrawalForm: facts.withdrawalForm,
  signature: wording.signature,
  footerNote: wording.footerNote,
} satisfies Record<string, SectionKind>

export type KindName = keyof typeof SECTION_KINDS

export const KIND_NAMES = Object.keys(SECTION_KINDS) as KindName[]

/** The kind that a piece of MJML is of, if it is what that kind's writer makes of some values. */
export function kindOf(mjml: string, place: Place): { kind: KindName; values: SectionValues } | undefined {
  for (const kind of KIND_NAMES) {
    if (SECTION_KINDS[kind].place !== place) continue
    const values = SECTION_KINDS[kind].read(mjml)
    if (values !== undefined) return { kind, values }
  }
  return undefined
}

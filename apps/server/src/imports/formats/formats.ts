import type { GoesOn } from '@ciclo/csv'
import { CicloError } from '../../errors.ts'
import { bare } from '../guessColumns.ts'
import type { Cells, ImportFormat } from './importFormat.ts'
import { klaviyoProfiles, klaviyoSuppressions } from './klaviyo.ts'
import { mailchimpCleaned, mailchimpSubscribed, mailchimpUnsubscribed } from './mailchimp.ts'
import { shopifyCustomers, shopifyOrders } from './shopifyExports.ts'
import { woocommerceCustomers, woocommerceOrders } from './woocommerceExports.ts'

/** The exports that are known by their headers. */
export const FORMATS: readonly ImportFormat[] = [
  klaviyoProfiles,
  klaviyoSuppressions,
  mailchimpSubscribed,
  mailchimpUnsubscribed,
  mailchimpCleaned,
  shopifyCustomers,
  shopifyOrders,
  woocommerceOrders,
  woocommerceCustomers,
]

/** A header may go by several names: `Total Orders|Orders Count`. */
const isIn = (names: ReadonlySet<string>, header: string) =>
  header.split('|').some((name) => names.has(bare(name)))

/**
 * Which export a file is, by its headers: their order, case and separators do not matter. Of several the one that asks
 * for most.
 */
export function recognise(header: readonly string[]): ImportFormat | undefined {
  const names = new Set(header.map(bare))
  return FORMATS.filter(
    ({ has, lacks = [] }) => has.every((one) => isIn(names, one)) && !lacks.some((one) => isIn(names, one)),
  ).toSorted((one, other) => other.has.length - one.has.length)[0]
}

/** What headers each known export would have needed, the nearest first: for whose file is none of them. */
export function nearestFormats(header: readonly string[]): { name: string; missing: string[] }[] {
  const names = new Set(header.map(bare))
  return FORMATS.map(({ name, has }) => ({ name, missing: has.filter((one) => !isIn(names, one)) }))
    .toSorted((one, other) => one.missing.length - other.missing.length)
    .slice(0, 3)
}

/** Throws `bad-request` naming those that there are. */
export function formatOf(id: string): ImportFormat {
  const format = FORMATS.find((one) => one.id === id)
  if (format) return format
  throw new CicloError(
    'bad-request',
    `format: given "${id}", expected one of ${FORMATS.map((one) => one.id).join(', ')}`,
  )
}

/** By which columns of a file its rows belong together; null where each stands for itself. */
export function goesOnIn({ goesOn }: ImportFormat, header: readonly string[]): GoesOn | null {
  if (!goesOn) return null
  const names = header.map(bare)
  return { same: names.indexOf(bare(goesOn.same)), blank: names.indexOf(bare(goesOn.blank)) }
}

/** A row's cells by their bare headers; of two columns of one name the first. */
export function cellsOf(header: readonly string[], cells: readonly string[]): Cells {
  const found: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [place, name] of header.entries()) found[bare(name)] ??= cells[place] ?? ''
  return found
}

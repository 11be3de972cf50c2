import {
  CatalogueItemSchema,
  CatalogueVariantSchema,
  type CataloguePrice,
  type CatalogueVariant,
} from '@ciclo/engine'
import type { z } from 'zod'
import type { FeedProduct, FeedRefusal, FeedRow } from './feedRow.ts'
import { readFeedRow } from './readFeedRow.ts'

type Fields = ReadonlyMap<string, readonly string[]>

export interface FeedReading {
  /** When it is read: epoch milliseconds. */
  at: number
  /** ISO 4217: of prices that name none. */
  currency: string | undefined
}

interface Group {
  id: string
  row: number
  /** Of its first row, completed by the others. */
  fields: Map<string, readonly string[]>
  images: string[]
  variants: CatalogueVariant[]
  stocks: (number | null)[]
  /** A variant cannot be read: the product stays as it is known, for without it the variant would be gone. */
  isRefused: boolean
}

const ItemSchema = CatalogueItemSchema.omit({ updatedAt: true })
const LABELS = ['color', 'size', 'pattern', 'material']

const problemOf = ({ issues: [issue] }: z.ZodError) =>
  `${issue?.path.join('.') || 'product'}: ${issue?.message ?? 'wrong'}`

const imagesOf = (fields: Fields) => [
  ...(fields.get('image_link') ?? []),
  ...(fields.get('additional_image_link') ?? []),
]

function describe(fields: Fields, images: readonly string[]) {
  const [first] = ['title', 'structured_title'].flatMap((field) => fields.get(field) ?? [])
  const one = (field: string) => fields.get(field)?.[0]
  return {
    sku: one('sku'),
    name: first,
    brand: one('brand'),
    category: one('product_type') ?? one('google_product_category'),
    url: one('link'),
    images: images.length === 0 ? undefined : [...new Set(images)].slice(0, 50),
    hidden: one('hidden') === undefined ? undefined : one('hidden') === 'true',
  }
}

const lowest = (variants: readonly CatalogueVariant[]): CataloguePrice[] => {
  const found = new Map<string, CataloguePrice>()
  for (const price of variants.flatMap(({ prices }) => prices)) {
    const known = found.get(price.currency)
    if (!known || price.price < known.price) found.set(price.currency, price)
  }
  return [...found.values()]
}

function checked(row: number, item: unknown): FeedProduct | FeedRefusal {
  const parsed = ItemSchema.safeParse(item)
  return parsed.success ? { row, item: parsed.data } : { row, problem: problemOf(parsed.error) }
}

function close({ id, row, fields, images, variants, stocks }: Group): FeedProduct | FeedRefusal {
  const { sku: _sku, ...described } = describe(fields, images)
  const stock = stocks.includes(null) ? null : stocks.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return checked(row, {
    id,
    ...described,
    ...(variants.length === 0 ? {} : { variants, prices: lowest(variants) }),
    ...(stocks.length === 0 ? {} : { stock }),
  })
}

function addTo(group: Group, row: number, fields: Fields, reading: FeedReading): FeedRefusal | undefined {
  const [id] = fields.get('id') ?? []
  for (const [field, values] of fields) if (!group.fields.has(field)) group.fields.set(field, values)
  // A row without an id brings one more image, as in Shopify's export.
  if (id === undefined) {
    group.images.push(...imagesOf(fields))
    return undefined
  }
  const read = readFeedRow(fields, reading.at, reading.currency)
  if ('problem' in read) return { row, problem: read.problem }
  const label = LABELS.flatMap((field) => fields.get(field)?.[0] ?? []).join(' / ')
  const variant = CatalogueVariantSchema.safeParse({
    id,
    sku: fields.get('sku')?.[0] ?? null,
    name: fields.get('variant')?.[0] ?? (label || null),
    prices: read.prices ?? [],
    stock: read.stock ?? null,
    imageUrl: fields.get('image_link')?.[0] ?? null,
  })
  if (!variant.success) return { row, problem: problemOf(variant.error) }
  group.images.push(...imagesOf(fields))
  group.variants.push(variant.data)
  if (read.stock !== undefined) group.stocks.push(read.stock)
  return undefined
}

function single(row: number, fields: Fields, reading: FeedReading): FeedProduct | FeedRefusal {
  const read = readFeedRow(fields, reading.at, reading.currency)
  if ('problem' in read) return { row, problem: read.problem }
  const [id] = fields.get('id') ?? []
  if (id === undefined) return { row, problem: 'id: is missing, expected what the shop calls the product' }
  return checked(row, { id, ...describe(fields, imagesOf(fields)), prices: read.prices, stock: read.stock })
}

/**
 * Rows put together to products. Those of one `item_group_id` are variants of one product; they stand next to each other,
 * as every shop's export has them, so that memory stays flat. One that comes again later is refused, and not lost unseen:
 * its product would lose the variants that were read before. For the same reason a product with a variant that is refused
 * is left as it is.
 */
export async function* productsOf(
  rows: AsyncIterable<FeedRow>,
  reading: FeedReading,
): AsyncGenerator<FeedProduct | FeedRefusal, void, undefined> {
  let group: Group | undefined
  const seen = new Set<string>()
  for await (const one of rows) {
    if ('problem' in one) {
      yield one
      continue
    }
    const { row, fields } = one
    const [groupId] = fields.get('item_group_id') ?? []
    if (group && group.id !== groupId) {
      if (!group.isRefused) yield close(group)
      group = undefined
    }
    const key = groupId ?? fields.get('id')?.[0]
    if (key !== undefined && !group) {
      if (seen.has(key)) {
        yield {
          row,
          problem: `${groupId === undefined ? 'id' : 'item_group_id'}: given ${JSON.stringify(key.slice(0, 60))} again, expected all rows of a product next to each other`,
        }
        continue
      }
      seen.add(key)
    }
    if (groupId === undefined) {
      yield single(row, fields, reading)
      continue
    }
    group ??= { id: groupId, row, fields: new Map(), images: [], variants: [], stocks: [], isRefused: false }
    const refused = addTo(group, row, fields, reading)
    if (!refused) continue
    group.isRefused = true
    yield refused
  }
  if (group && !group.isRefused) yield close(group)
}

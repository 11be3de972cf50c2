import { equalJson } from './equalJson.ts'
import type { ProductFacts } from './productsOf.ts'

/** A product as it is kept, and who has said what of it. */
export interface CatalogueProduct extends ProductFacts {
  /** Whether the shop's own server or an import has told of it. */
  trusted: boolean
  /** The fields that only browsers have said. */
  claimed: readonly string[]
  updatedAt: number
  /** When the shop's system has last listed it: then events only fill what the list does not say. */
  listedAt?: number | null
}

/** One source's word on a product, at a time. */
export interface ProductWord {
  facts: ProductFacts
  trusted: boolean
  at: number
}

/** A price is one with its currency, and with what it has come down from. */
const FIELDS = ['sku', 'name', 'brand', 'category', 'url', 'imageUrl', 'price'] as const
type Field = (typeof FIELDS)[number]

/** Visitors reach one product by many addresses (with the mark of a campaign, say): the first that they tell is kept. */
const TOLD_ONCE: ReadonlySet<Field> = new Set<Field>(['url', 'imageUrl'])

type Price = Pick<ProductFacts, 'price' | 'currency' | 'reduction'>

/** Orders tell the same price without what it has come down from, which stays; another price has come down from nothing. */
function priceAfter(known: Price, { price, currency, reduction = null }: Price): Price {
  const isKnown = known.price === price && known.currency === currency
  return { price, currency, reduction: reduction ?? (isKnown ? (known.reduction ?? null) : null) }
}

const pick = (known: ProductFacts, facts: ProductFacts, field: Field) =>
  field === 'price' ? priceAfter(known, facts) : { [field]: facts[field] }

/**
 * What is known of a product after one more word on it; the very same where that changes nothing.
 *
 * A trusted source overwrites whatever is older than its word, and always what browsers said. A browser fills what
 * nobody has said, and may correct other browsers; each field of its making stays marked, and a product that only
 * browsers have told of stays untrusted: else it would be a way to put words and links into a shop's mails.
 */
export function mergeProduct(
  known: CatalogueProduct | undefined,
  { facts, trusted, at }: ProductWord,
): CatalogueProduct {
  let product = known
  const isListed = typeof known?.listedAt === 'number'
  const isNewer = !isListed && (!known || at >= known.updatedAt)
  const claimed = new Set(known?.claimed)
  for (const field of FIELDS) {
    if (facts[field] === null) continue
    const isOpen = !product || product[field] === null
    const isClaimed = claimed.has(field)
    const mayWrite = trusted
      ? isOpen || isClaimed || isNewer
      : isOpen || (isClaimed && isNewer && !TOLD_ONCE.has(field))
    if (!mayWrite) continue
    product ??= blank(facts.id, at)
    if (trusted) claimed.delete(field)
    else claimed.add(field)
    const after: Partial<ProductFacts> = pick(product, facts, field)
    const { price, currency, reduction = null } = product
    const before = field === 'price' ? { price, currency, reduction } : { [field]: product[field] }
    if (!equalJson(before, after)) product = { ...product, ...after }
  }
  product ??= blank(facts.id, at)
  const isTrusted = product.trusted || trusted
  const isSame = product === known && isTrusted === known.trusted && claimed.size === known.claimed.length
  if (isSame) return known
  return {
    ...product,
    trusted: isTrusted,
    claimed: [...claimed].toSorted(),
    updatedAt: Math.max(product.updatedAt, at),
  }
}

const blank = (id: string, at: number): CatalogueProduct => ({
  id,
  sku: null,
  name: null,
  brand: null,
  category: null,
  url: null,
  imageUrl: null,
  price: null,
  currency: null,
  reduction: null,
  trusted: false,
  claimed: [],
  updatedAt: at,
})

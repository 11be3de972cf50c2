import type { CatalogueProduct, Message, Settings } from '@ciclo/engine'
import type { TemplateData } from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import { readGivenCodes } from '../store/queries/coupons.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import { findProducts } from '../store/queries/products.ts'
import type { Store } from '../store/store.ts'
import { decimalOf, eventWords } from './eventWords.ts'
import { createFormatsCache, type MailFormats } from './mailFormats.ts'
import { recommend, type RecommendedKind } from '../recommendations/recommend.ts'
import { recommendationWords } from './recommendationWords.ts'
import { shownProduct, shownProducts } from './shownProducts.ts'

type MailData = Pick<
  TemplateData,
  'customer' | 'products' | 'recommendations' | 'recommended' | 'order' | 'coupon' | 'event'
>

export interface ReadMailData {
  /**
   * @param spoken the customer's locale, and the language of the mail
   * @param recommended in which ways the template recommends something: no other is looked up
   */
  (
    message: Pick<OutboxMessage, 'workspaceId' | 'data'> & { customerId?: string | undefined },
    settings: Settings,
    spoken: { locale: string; language: string },
    recommended?: readonly RecommendedKind[],
  ): Promise<MailData>
}

type Coupon = NonNullable<Message['data']['coupon']>

interface LookedUp {
  products: readonly CatalogueProduct[]
  code: string | undefined
}

/** Rows of what is recommended. */
const RECOMMENDED = 6

const NOTHING: LookedUp = { products: [], code: undefined }

function couponOf(coupon: Coupon, code: string | undefined, formats: MailFormats): MailData['coupon'] {
  const shown = 'code' in coupon ? coupon.code : code
  if (shown === undefined) {
    const pool = 'pool' in coupon ? coupon.pool : ''
    throw new CicloError('conflict', `The pool ${pool} has no codes left: this mail was to show one of them`)
  }
  return {
    code: shown,
    ...(coupon.expiresAt === null ? {} : { expiresAt: formats.instant(coupon.expiresAt) }),
  }
}

type Rows = NonNullable<MailData['products']>
type Lines = NonNullable<Message['data']['lines']>

/** What the price of a product has changed to, as the shop has told just of it, overrules the catalogue's. */
function withNewPrice(rows: Rows, lines: Lines, words: MailData['event']): Rows {
  const [row, ...others] = rows
  const { price, previous_price: before, lowest_price_30d: lowest, product_id: productId } = words ?? {}
  const isChange = typeof price === 'string' && (before !== undefined || lowest !== undefined)
  const isAboutIt = row && others.length === 0 && lines[0]?.productId === String(productId)
  if (!isChange || !isAboutIt) return rows
  const { previousPrice: _previous, lowestPrice30d: _lowest, ...plain } = row
  // `eventWords` gives the one only with the other.
  const reduction =
    typeof before === 'string' && typeof lowest === 'string'
      ? { previousPrice: before, lowestPrice30d: lowest }
      : {}
  return [{ ...plain, price, ...reduction }]
}

/** What an order comes to, as its event says it: nothing taken off, and no tax, are left out. */
function sumsOf(
  event: NonNullable<Message['data']['event']>,
  words: MailData['event'] = {},
): Pick<NonNullable<MailData['order']>, 'subtotal' | 'discount' | 'shipping' | 'tax' | 'address'> {
  const shown = (name: string) => {
    const word = words[name]
    return typeof word === 'string' ? word : undefined
  }
  const unlessNothing = (name: string) =>
    (decimalOf(event[name] ?? '') ?? 0) === 0 ? undefined : shown(name)
  const sums = {
    subtotal: shown('subtotal'),
    // Some shops say it as what is added, some as what is taken off: a mail puts the sign before it.
    discount: unlessNothing('discount')?.replace(/^[-−]/, ''),
    shipping: shown('shipping'),
    tax: unlessNothing('tax'),
    address: shown('shipping_address'),
  }
  return Object.fromEntries(Object.entries(sums).filter(([, word]) => word !== undefined))
}

/**
 * Makes what a template sees of what a message brings: products as the catalogue has them, the code of a pool, and
 * everything written in the mail's language. A coupon that has run out by now is left out.
 *
 * Throws `CicloError` (`conflict`) where a pool had no code for this message.
 */
export function createReadMailData(store: Pick<Store, 'read'>, now: () => number): ReadMailData {
  const formatsFor = createFormatsCache()

  const lookUp = async (workspaceId: string, data: Message['data'], coupon: Coupon | undefined) => {
    const { lines = [] } = data
    const claim = coupon && 'claim' in coupon ? coupon.claim : undefined
    // Most mails need nothing of the store.
    if (lines.length === 0 && claim === undefined) return NOTHING
    return await store.read(async (tx): Promise<LookedUp> => {
      const codes = await readGivenCodes(tx, workspaceId, claim === undefined ? [] : [claim])
      const products = await findProducts(tx, workspaceId, lines)
      return { products, code: claim === undefined ? undefined : codes.get(claim) }
    })
  }

  /** What goes with what the mail is about, else with what the customer has bought last, and so on. */
  const recommendIn = async (
    kinds: readonly RecommendedKind[],
    { workspaceId, customerId }: { workspaceId: string; customerId?: string | undefined },
    lines: Lines,
    formats: MailFormats,
    language: string,
  ): Promise<Pick<MailData, 'recommendations' | 'recommended'>> => {
    if (kinds.length === 0) return {}
    const lists: Partial<Record<RecommendedKind, NonNullable<MailData['recommendations']>>> = {}
    await store.read(async (tx) => {
      for (const kind of kinds) {
        const found = await recommend(tx, workspaceId, {
          productIds: lines.flatMap(({ productId, sku }) => productId ?? sku ?? []),
          ...(customerId === undefined ? {} : { customerId }),
          kind,
          limit: RECOMMENDED,
          now: now(),
        })
        if (found.length > 0)
          lists[kind] = found.map(({ product, reason }) => ({
            ...shownProduct(product, formats),
            why: recommendationWords(language, reason.kind, reason.customers),
          }))
      }
    })
    const { together, ...recommended } = lists
    return {
      ...(together ? { recommendations: together } : {}),
      ...(Object.keys(recommended).length > 0 ? { recommended } : {}),
    }
  }

  return async (message, settings, { locale, language }, kinds = []) => {
    const data = message.data as Message['data']
    const { customer, lines = [], total, orderId, event = {} } = data
    const currency = data.currency ?? settings.currency
    const coupon =
      data.coupon && (data.coupon.expiresAt === null || data.coupon.expiresAt > now())
        ? data.coupon
        : undefined
    const { products, code } = await lookUp(message.workspaceId, data, coupon)
    const formats = formatsFor(language, locale, settings.shop.timeZone)
    // Only what the shop's own server has said comes with properties: a number or an amount that a browser typed is
    // shown to nobody.
    const isTold = Object.keys(event).length > 0
    const isOrder = isTold && orderId !== undefined
    const words = isTold ? eventWords(event, formats, currency) : undefined
    const rows = withNewPrice(
      shownProducts(lines, products, formats, isOrder ? currency : undefined),
      lines,
      words,
    )
    return {
      customer,
      ...(rows.length > 0 ? { products: rows } : {}),
      ...(await recommendIn(kinds, message, lines, formats, language)),
      ...(isOrder
        ? {
            order: {
              id: orderId,
              ...(total === undefined ? {} : { total: formats.minorUnits(total, currency) }),
              ...sumsOf(event, words),
            },
          }
        : {}),
      ...(coupon ? { coupon: couponOf(coupon, code, formats) } : {}),
      ...(words ? { event: words } : {}),
    }
  }
}

import type { CatalogueProduct, Message, Settings } from '@ciclo/engine'
import type { TemplateData } from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import { readGivenCodes } from '../store/queries/coupons.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import { findProducts } from '../store/queries/products.ts'
import type { Store } from '../store/store.ts'
import { eventWords } from './eventWords.ts'
import { createFormatsCache, type MailFormats } from './mailFormats.ts'
import { shownProducts } from './shownProducts.ts'
import { supportedLocale } from './templateCache.ts'

type MailData = Pick<TemplateData, 'customer' | 'products' | 'order' | 'coupon' | 'event'>

export interface ReadMailData {
  /** @param locale the customer's */
  (message: OutboxMessage, settings: Settings, locale: string): Promise<MailData>
}

type Coupon = NonNullable<Message['data']['coupon']>

interface LookedUp {
  products: readonly CatalogueProduct[]
  code: string | undefined
}

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
  return isChange && isAboutIt ? [{ ...row, price }] : rows
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

  return async (message, settings, locale) => {
    const data = message.data as Message['data']
    const { customer, lines = [], total, orderId, event = {} } = data
    const currency = data.currency ?? settings.currency
    const coupon =
      data.coupon && (data.coupon.expiresAt === null || data.coupon.expiresAt > now())
        ? data.coupon
        : undefined
    const { products, code } = await lookUp(message.workspaceId, data, coupon)
    const formats = formatsFor(supportedLocale(locale), locale, settings.shop.timeZone)
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
      ...(isOrder
        ? {
            order: {
              id: orderId,
              ...(total === undefined ? {} : { total: formats.minorUnits(total, currency) }),
            },
          }
        : {}),
      ...(coupon ? { coupon: couponOf(coupon, code, formats) } : {}),
      ...(words ? { event: words } : {}),
    }
  }
}

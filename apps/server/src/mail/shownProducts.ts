import type { CatalogueProduct, Message } from '@ciclo/engine'
import type { TemplateData } from '@ciclo/templates'
import type { MailFormats } from './mailFormats.ts'

type Line = NonNullable<Message['data']['lines']>[number]
type ShownProduct = NonNullable<TemplateData['products']>[number]

const ROWS = 10

/** A field of the catalogue that the shop itself has told; what only browsers have said is shown to nobody. */
function told<Field extends 'name' | 'url' | 'imageUrl' | 'price'>(product: CatalogueProduct, field: Field) {
  return product.trusted && !product.claimed.includes(field) ? product[field] : null
}

/** In the catalogue a product goes by its product_id, or by its sku where the shop has no other number. */
function productOf(line: Line, products: readonly CatalogueProduct[]): CatalogueProduct | undefined {
  const id = line.productId ?? line.sku
  return (
    products.find((product) => product.id === id) ??
    products.find((product) => line.sku !== null && product.sku === line.sku)
  )
}

/** Of a price that the shop itself has told, and has told what it has come down from. */
function reducedPrices(
  product: CatalogueProduct,
  formats: MailFormats,
): Pick<ShownProduct, 'previousPrice' | 'lowestPrice30d'> {
  const { currency, reduction } = product
  if (!reduction || currency === null || told(product, 'price') === null) return {}
  return {
    previousPrice: formats.minorUnits(reduction.previous, currency),
    lowestPrice30d: formats.minorUnits(reduction.lowest, currency),
  }
}

/** A product as the catalogue has it, without how many: of one whose name the shop itself has told. */
export function shownProduct(
  product: CatalogueProduct,
  formats: MailFormats,
): Pick<ShownProduct, 'name' | 'url' | 'imageUrl' | 'price'> {
  const [url, imageUrl, price] = [told(product, 'url'), told(product, 'imageUrl'), told(product, 'price')]
  return {
    name: told(product, 'name') ?? product.id,
    ...(url === null ? {} : { url }),
    ...(imageUrl === null ? {} : { imageUrl }),
    ...(price === null || product.currency === null
      ? {}
      : { price: formats.minorUnits(price, product.currency) }),
  }
}

/**
 * The rows that a mail shows of a cart or an order: ten at most, and only products of which the shop itself has told a
 * name.
 *
 * @param paidIn the currency of the lines' own prices where the shop itself has told them, as of an order; else the
 * catalogue's price is shown
 */
export function shownProducts(
  lines: readonly Line[],
  products: readonly CatalogueProduct[],
  formats: MailFormats,
  paidIn: string | undefined,
): ShownProduct[] {
  const priceOf = (line: Line, product: CatalogueProduct): string | undefined => {
    const price = paidIn === undefined ? told(product, 'price') : line.price
    const currency = paidIn ?? product.currency
    return price === null || currency === null ? undefined : formats.minorUnits(price, currency)
  }
  const rows = lines.flatMap((line): ShownProduct[] => {
    const product = productOf(line, products)
    const name = product && told(product, 'name')
    if (!product || !name) return []
    const reduction = paidIn === undefined ? reducedPrices(product, formats) : {}
    const [url, imageUrl, price] = [told(product, 'url'), told(product, 'imageUrl'), priceOf(line, product)]
    return [
      {
        name,
        quantity: formats.number(line.quantity),
        ...(url === null ? {} : { url }),
        ...(imageUrl === null ? {} : { imageUrl }),
        ...(price === undefined ? {} : { price, ...reduction }),
      },
    ]
  })
  return rows.slice(0, ROWS)
}

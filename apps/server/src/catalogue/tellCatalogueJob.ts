import { DAY, fromMinorUnits, lowestBefore, ownEvent, type ListedProduct } from '@ciclo/engine'
import type { Ingest } from '../ingest/ingest.ts'
import type { IngestItem } from '../ingest/ingestItem.ts'
import type { Job, JobContext } from '../loops/jobs.ts'
import {
  answerRequests,
  dropNews,
  nextNews,
  priceKey,
  readInterested,
  readListed,
  readPrices,
  readRequests,
  type ProductNews,
} from '../store/queries/catalogue.ts'
import type { Store } from '../store/store.ts'
import { isBuyable } from './saveCatalogue.ts'

export const TELL_CATALOGUE = 'tell-catalogue'

const PAGE = 200
/** Who has looked at a product within so long before its price fell is told of it. */
const INTEREST = 30 * DAY
/** What a lower price is held against. */
const HISTORY = 400 * DAY

/** Where a run stopped: the customers of these news up to this one were told. */
interface Progress extends Record<string, unknown> {
  productId: string
  at: number
  after: string
}

export interface TellCatalogueOptions {
  store: Store
  ingest: Pick<Ingest, 'submit'>
  now: () => number
}

/** What mails show of the product. */
function propertiesOf(product: ListedProduct): Record<string, unknown> {
  const { id, sku, name, brand, category, url, imageUrl, price, currency } = product
  const decimal = price === null || currency === null ? null : fromMinorUnits(price, currency)
  return Object.fromEntries(
    Object.entries({
      product_id: id,
      sku,
      name,
      brand,
      category,
      url,
      image_url: imageUrl,
      price: decimal,
      currency,
    }).filter(([, value]) => value !== null),
  )
}

/**
 * Tells those who wait for a product that it is there again, and those who have looked at it that it costs less: each as
 * an event of their own, whose id is of the news, so that a repetition tells nobody twice.
 */
export function createTellCatalogueJob({ store, ingest, now }: TellCatalogueOptions): Job {
  const submit = async (
    workspaceId: string,
    customers: readonly { customerId: string; id: string }[],
    name: string,
    properties: Record<string, unknown>,
  ) => {
    const items = customers.map(({ customerId, id }): IngestItem => ({
      workspaceId,
      customerId,
      input: ownEvent(`catalogue/${id}`, now(), name, properties),
    }))
    await ingest.submit(items)
  }

  /** As many as there are pieces, the oldest request first: the others wait until the shop tells of the product again. */
  const tellStock = async (workspaceId: string, { productId }: ProductNews, product: ListedProduct) => {
    let told = 0
    const pieces = product.stock ?? Infinity
    while (told < pieces) {
      const limit = Math.min(PAGE, pieces - told)
      const requests = await store.read((tx) => readRequests(tx, workspaceId, productId, limit))
      if (requests.length === 0) break
      await submit(
        workspaceId,
        requests.map(({ customerId, requestedAt }) => ({
          customerId,
          id: `stock/${productId}/${customerId}/${requestedAt}`,
        })),
        'Product Back in Stock',
        propertiesOf(product),
      )
      await store.write((tx) => answerRequests(tx, workspaceId, productId, requests))
      told += requests.length
    }
    return told
  }

  const tellPrice = async (
    { workspaceId, save }: JobContext,
    news: ProductNews,
    product: ListedProduct,
    start: string,
  ) => {
    const { productId, at, previous } = news
    const { price, currency } = product
    // It may have risen again since.
    if (price === null || currency === null || previous === null || price >= previous) return 0
    const history = await store.read((tx) => readPrices(tx, workspaceId, [productId], now() - HISTORY))
    const lowest = lowestBefore(history.get(priceKey(productId, currency)) ?? [], price)
    const properties = {
      ...propertiesOf(product),
      previous_price: fromMinorUnits(previous, currency),
      ...(lowest === null ? {} : { lowest_price_30d: fromMinorUnits(lowest, currency) }),
    }
    let told = 0
    for (let after = start; ;) {
      const page = await store.read((tx) =>
        readInterested(tx, workspaceId, productId, { since: at - INTEREST, after, limit: PAGE }),
      )
      await submit(
        workspaceId,
        page.map((customerId) => ({ customerId, id: `price/${productId}/${customerId}/${at}` })),
        'Price Dropped',
        properties,
      )
      told += page.length
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return told
      after = last
      const progress: Progress = { productId, at, after }
      await save(progress)
    }
  }

  return {
    name: TELL_CATALOGUE,
    every: null,
    async run(context) {
      const { workspaceId } = context
      let progress = context.progress as Progress | null
      const told = { stock: 0, price: 0 }
      for (;;) {
        context.signal.throwIfAborted()
        const news = await store.read((tx) => nextNews(tx, workspaceId))
        if (!news) return told
        const { productId, kind, at } = news
        const product = (await store.read((tx) => readListed(tx, workspaceId, [productId]))).get(productId)
        if (product && isBuyable(product)) {
          const isSame = progress?.productId === productId && progress.at === at
          const start = isSame ? (progress?.after ?? '') : ''
          if (kind === 'stock') told.stock += await tellStock(workspaceId, news, product)
          else told.price += await tellPrice(context, news, product, start)
        }
        progress = null
        await store.write((tx) => dropNews(tx, workspaceId, news))
      }
    },
  }
}

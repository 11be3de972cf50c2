import type { CataloguePrice, CatalogueVariant, Reduction } from '@ciclo/engine'
import { isNotNull } from 'drizzle-orm'
import type { Columns } from './columns.ts'

/** The tables of products, of what happened to them, and of what goes with what. A part of `makeSchema`. */
export const makeCatalogueTables = ({ table, text, int, bool, time, json, primaryKey, index }: Columns) => ({
  /** What the shop knows of its products: told by its server, completed by what browsers report. */
  products: table(
    'products',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      /** Said by the shop's own server or an import; what only browsers report is never shown to anybody. */
      trusted: bool().notNull(),
      sku: text(),
      name: text(),
      brand: text(),
      category: text(),
      url: text(),
      imageUrl: text('image_url'),
      price: int(),
      currency: text(),
      /** What the price has come down from, and the lowest one of the 30 days before; null where it has not. */
      reduction: json().$type<Reduction>(),
      /** Of each currency that the shop sells it in, as the shop's system says; null where only events told of it. */
      prices: json().$type<readonly CataloguePrice[]>(),
      variants: json().$type<readonly CatalogueVariant[]>(),
      images: json().$type<readonly string[]>(),
      /** Pieces that can be bought; null where nobody has said or counts them. */
      stock: int(),
      /** Taken off the shop's shelves: never shown in a mail or recommended. */
      hidden: bool().notNull().default(false),
      /** When the shop's system last said what it is, by its own clock; older words of it change nothing. */
      listedAt: time('listed_at'),
      /** The fields that only browsers have said: never shown to anybody but the shop itself. */
      claimed: json().$type<readonly string[]>().notNull(),
      /** When the newest event about it happened that counted. */
      updatedAt: time('updated_at').notNull(),
    },
    (product) => [
      primaryKey({ columns: [product.workspaceId, product.id] }),
      // Carts name products by either.
      index('products_sku').on(product.workspaceId, product.sku),
    ],
  ),

  /** The lowest price that a product was told to have on each day, so that a lower one can be held against those of 30 days. */
  productPrices: table(
    'product_prices',
    {
      workspaceId: text('workspace_id').notNull(),
      productId: text('product_id').notNull(),
      currency: text().notNull(),
      /** The beginning of the day, in UTC. */
      at: time().notNull(),
      price: int().notNull(),
    },
    (price) => [primaryKey({ columns: [price.workspaceId, price.productId, price.currency, price.at] })],
  ),

  /** What was bought in each order, as the newest word on it says. */
  orderLines: table(
    'order_lines',
    {
      workspaceId: text('workspace_id').notNull(),
      orderId: text('order_id').notNull(),
      /** 0, 1, 2 ... in the order of the event. */
      line: int().notNull(),
      /** The customer as at arrival: a later merge leaves it. */
      customerId: text('customer_id').notNull(),
      productId: text('product_id').notNull(),
      variant: text(),
      name: text(),
      quantity: int().notNull(),
      /** Of one, in minor units of the currency. */
      price: int(),
      currency: text(),
      /** When it was ordered, and when what stands here was said. */
      at: time().notNull(),
      toldAt: time('told_at').notNull(),
      /** Said by the shop's own server or an import. */
      trusted: bool().notNull(),
    },
    (line) => [
      primaryKey({ columns: [line.workspaceId, line.orderId, line.line] }),
      index('order_lines_customer').on(line.workspaceId, line.customerId),
      index('order_lines_product').on(line.workspaceId, line.productId, line.at),
      index('order_lines_at').on(line.workspaceId, line.at),
    ],
  ),

  /** Who has looked at which product, or put it into a cart, or asked to be told of it, and when last. */
  productInterests: table(
    'product_interests',
    {
      workspaceId: text('workspace_id').notNull(),
      /** The customer as at arrival: a later merge leaves it. */
      customerId: text('customer_id').notNull(),
      productId: text('product_id').notNull(),
      viewedAt: time('viewed_at'),
      addedAt: time('added_at'),
      /** `Back in Stock Requested`; null again when it was answered. */
      requestedAt: time('requested_at'),
    },
    (interest) => [
      primaryKey({ columns: [interest.workspaceId, interest.customerId, interest.productId] }),
      index('product_interests_product').on(interest.workspaceId, interest.productId, interest.customerId),
      // Few ask: all others never enter it.
      index('product_interests_requested')
        .on(interest.workspaceId, interest.productId, interest.requestedAt)
        .where(isNotNull(interest.requestedAt)),
    ],
  ),

  /** What has become of a product that somebody may wait for, until they were told. */
  productNews: table(
    'product_news',
    {
      workspaceId: text('workspace_id').notNull(),
      productId: text('product_id').notNull(),
      kind: text({ enum: ['stock', 'price'] }).notNull(),
      at: time().notNull(),
      /** What it cost before: of a price. */
      previous: int(),
    },
    (news) => [primaryKey({ columns: [news.workspaceId, news.productId, news.kind] })],
  ),

  /** What goes with a product or is popular in a category, made anew by a job. */
  recommendations: table(
    'recommendations',
    {
      workspaceId: text('workspace_id').notNull(),
      kind: text({ enum: ['together', 'next', 'popular'] }).notNull(),
      /** The product, or the category; empty: of all. */
      subject: text().notNull(),
      /** The best first, each with why. */
      items: json().$type<readonly RecommendedItem[]>().notNull(),
      builtAt: time('built_at').notNull(),
    },
    (row) => [primaryKey({ columns: [row.workspaceId, row.kind, row.subject] })],
  ),
})

/** A product that is recommended, and how many customers speak for it. */
export interface RecommendedItem {
  productId: string
  customers: number
  /** Out of so many. */
  of: number
  score: number
}

import type { Columns } from './columns.ts'

/**
 * What the list of customers is filtered and sorted by, apart from their rows: those are wide and change with nearly
 * every event, and these only when somebody's place in the list does.
 */
export const makeListTables = ({ table, text, int, time, primaryKey, index }: Columns) => ({
  /** Everybody who was not merged into somebody else. */
  listings: table(
    'listings',
    {
      workspaceId: text('workspace_id').notNull(),
      customerId: text('customer_id').notNull(),
      /** A stage, or `anonymous` for visitors without any word: `rangesOf`. */
      stage: text().notNull(),
      /** The states of the other regions as one number: `standingOf`. */
      standing: int().notNull(),
      /** ISO 3166-1 alpha-2; empty where it is not known. */
      country: text().notNull(),
      /** Empty where it is not known. */
      locale: text().notNull(),
      /** When the customer's state, orders or names changed last. */
      changedAt: time('changed_at').notNull(),
      /** 0 where there is none. */
      lastOrderAt: time('last_order_at').notNull(),
      /** Of the currency with the most, in its minor units. */
      revenue: int().notNull(),
      createdAt: time('created_at').notNull(),
    },
    (listing) => {
      const { workspaceId, stage, customerId, standing, country, locale } = listing
      // A page is read off its index alone, whatever it is filtered by. The stage comes first: how long ago somebody
      // ordered is nearly what it says, so that those of one stage lie together anyway.
      const rest = [customerId, standing, country, locale] as const
      return [
        primaryKey({ columns: [workspaceId, customerId] }),
        index('listings_changed').on(workspaceId, stage, listing.changedAt, ...rest),
        index('listings_last_order').on(workspaceId, stage, listing.lastOrderAt, ...rest),
        index('listings_revenue').on(workspaceId, stage, listing.revenue, ...rest),
        index('listings_created').on(workspaceId, stage, listing.createdAt, ...rest),
      ]
    },
  ),

  /** What a customer is found by: the beginning of any of these. */
  listingWords: table(
    'listing_words',
    {
      workspaceId: text('workspace_id').notNull(),
      /** Folded, and in hexadecimal digits: every database sorts those alike, whatever its language. */
      word: text().notNull(),
      customerId: text('customer_id').notNull(),
    },
    (entry) => [
      primaryKey({ columns: [entry.workspaceId, entry.word, entry.customerId] }),
      index('listing_words_customer').on(entry.workspaceId, entry.customerId, entry.word),
    ],
  ),
})

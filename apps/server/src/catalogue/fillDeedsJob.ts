import { DAY } from '@ciclo/engine'
import { z } from 'zod'
import { interestsOf, orderLinesOf } from '../ingest/productDeeds.ts'
import type { Job } from '../loops/jobs.ts'
import { pageOfAllEvents } from '../store/queries/events.ts'
import { saveOrderLines } from '../store/queries/orderLines.ts'
import { saveInterests } from '../store/queries/productInterests.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'

const PAGE = 500

const PlaceSchema = z.object({ customerId: z.string(), at: z.int(), messageId: z.string() })

/**
 * Reads once, page by page, what the events of before say of products and orders: a database that an older Ciclo has made
 * knows nothing of it yet. Whatever comes in meanwhile is the same whoever tells it first.
 */
export const createFillDeedsJob = ({ store }: { store: Store }): Job => ({
  name: 'fill-product-deeds',
  // Once: for as long as anybody is going to run this database.
  every: 36_500 * DAY,
  async run({ workspaceId, progress, last, save }) {
    if (last) return last
    let events = 0
    for (let after = progress === null ? undefined : PlaceSchema.parse(progress); ;) {
      const page = await store.read((tx) => pageOfAllEvents(tx, workspaceId, after, PAGE))
      await store.write(async (tx) => {
        await saveInterests(tx, workspaceId, interestsOf(page))
        await saveOrderLines(tx, workspaceId, orderLinesOf(page, await readSettings(tx, workspaceId)))
      })
      events += page.length
      const end = page.at(-1)
      if (!end || page.length < PAGE) return { events }
      after = { customerId: end.customerId, at: end.input.at, messageId: end.input.id }
      await save(after)
    }
  },
})

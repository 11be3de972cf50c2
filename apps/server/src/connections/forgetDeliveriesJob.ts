import { DAY } from '@ciclo/engine'
import type { Job } from '../loops/jobs.ts'
import { forgetDeliveries } from '../store/queries/connections.ts'
import type { Store } from '../store/store.ts'

/** For so long is kept what came from a shop's system, for those who look for something that is missing. */
const KEPT = 30 * DAY
const PAGE = 500

/** Forgets, once a day, what came in long ago: its events stay. */
export const createForgetDeliveriesJob = ({ store, now }: { store: Store; now: () => number }): Job => ({
  name: 'forget-deliveries',
  every: DAY,
  async run({ workspaceId, save }) {
    let forgotten = 0
    for (;;) {
      const page = await store.write((tx) => forgetDeliveries(tx, workspaceId, now() - KEPT, PAGE))
      forgotten += page
      if (page < PAGE) return { forgotten }
      await save({ forgotten })
    }
  },
})

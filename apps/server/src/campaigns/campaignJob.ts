import type { RulesCache } from '../ingest/rulesCache.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { Job } from '../loops/jobs.ts'
import type { HashAddress } from '../sending/policyFactsOf.ts'
import { sumOf } from '../store/campaignCounts.ts'
import { countInOutbox, hasOpenMessages } from '../store/queries/campaignMessages.ts'
import {
  CAMPAIGNS,
  findCampaign,
  lockCampaign,
  readOpenCampaigns,
  updateCampaign,
  type StoredCampaign,
} from '../store/queries/campaigns.ts'
import { pageOfWaiting } from '../store/queries/recipients.ts'
import { readBuilding } from '../store/queries/segments.ts'
import type { Store, Tx } from '../store/store.ts'
import { cancelWaiting, refuseRest, releasePaused, settlePage } from './campaignPages.ts'
import { readCampaign } from './campaign.ts'
import { findAudience } from './findAudience.ts'
import { freezePage } from './freezePage.ts'
import { queuePage } from './queuePage.ts'
import { segmentsOf } from './segmentsOf.ts'

/** Some 20 ms of one transaction, between which others write. */
const RECIPIENTS_AT_ONCE = 250

/** Journeys' mails do not wait behind all of a campaign. */
const MOST_IN_OUTBOX = 5_000

/** When the next ones are put into the outbox while it is being emptied, and while it is not: milliseconds. */
const SOON = 2_000
const LATER = 15_000
/** While all that is left waits for its own customers. */
const MUCH_LATER = 15 * 60_000

export interface CampaignJobOptions {
  store: Store
  insight: InsightRunner
  rules: RulesCache
  hashAddress: HashAddress
  now: () => number
  /** Told when there are new mails in the outbox. */
  onQueued: () => void
  onError: (error: unknown) => void
  /** What one transaction takes. */
  recipientsAtOnce?: number
  /** So many mails of a campaign are in the outbox at most. */
  mostInOutbox?: number
}

/**
 * Brings every campaign that was started on, page by page: its audience is frozen, then its mails are put into the outbox
 * as it empties, and what became of them is counted. Each page is a transaction that also writes down how far it is:
 * whoever is killed in between goes on there, and whoever is at the same page finds it done.
 */
export function createCampaignJob(options: CampaignJobOptions): Job {
  const { store, insight, rules, hashAddress, now, onQueued, onError } = options
  const { recipientsAtOnce = RECIPIENTS_AT_ONCE, mostInOutbox = MOST_IN_OUTBOX } = options

  /** Whether one of a campaign's segments has not seen everybody yet. */
  const isBuilding = async (workspaceId: string, { definition }: StoredCampaign): Promise<boolean> =>
    await store.read(async (tx) => {
      const building = await readBuilding(tx, workspaceId)
      return segmentsOf(readCampaign(definition)).some(({ id }) => Object.hasOwn(building, id))
    })

  return {
    name: CAMPAIGNS,
    every: null,
    run: async ({ workspaceId, wakeAt, save, signal }) => {
      let pages = 0
      /** One page in a transaction, if the server does not stop and nobody has asked for something else. */
      const page = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
        // Progress stands with the campaigns; this renews the claim.
        if (pages % 20 === 19) await save({ pages })
        signal.throwIfAborted()
        pages += 1
        return await store.write(work)
      }
      /** Pages until one finds nothing more to do. Returns whether any did. */
      const all = async (work: (tx: Tx) => Promise<number>): Promise<boolean> => {
        let hasMoved = false
        while ((await page(work)) > 0) hasMoved = true
        return hasMoved
      }
      const change = async (id: string, from: StoredCampaign['status'], to: Partial<StoredCampaign>) =>
        await page(async (tx) => {
          const campaign = await lockCampaign(tx, workspaceId, id)
          if (campaign?.status === from) await updateCampaign(tx, campaign, { ...to, updatedAt: now() })
        })

      const freeze = async ({ id, definition, startAt, reachedId }: StoredCampaign): Promise<void> => {
        const of = { workspaceId, campaignId: id }
        const { audience, exclude } = readCampaign(definition)
        const wanted = { workspaceId, audience, exclude, at: startAt ?? now(), after: reachedId ?? '' }
        let isWanted = true
        await findAudience({ store, insight }, wanted, {
          signal,
          onPage: async (ids) => {
            for (let start = 0; isWanted && start < ids.length; start += recipientsAtOnce) {
              const some = ids.slice(start, start + recipientsAtOnce)
              isWanted = await page((tx) => freezePage(tx, of, some, { rules, hashAddress, now: now() }))
            }
            return isWanted
          },
        })
        if (isWanted) await change(id, 'freezing', { status: 'sending', frozenAt: now() })
      }

      /** Moves what is due to the outbox, as far as its bound allows. Says whether there was any, and whether it is full. */
      const queue = async (id: string): Promise<{ hasMoved: boolean; isFull: boolean }> => {
        const of = { workspaceId, campaignId: id }
        let left = mostInOutbox - (await store.read((tx) => countInOutbox(tx, of, mostInOutbox)))
        let hasMoved = false
        while (left > 0) {
          const most = Math.min(left, recipientsAtOnce)
          const { moved, queued } = await page((tx) => queuePage(tx, of, { rules, now: now(), limit: most }))
          if (moved === 0) break
          hasMoved = true
          // Who waits until the morning, or is skipped, takes no place.
          left -= queued
        }
        if (hasMoved) onQueued()
        return { hasMoved, isFull: left <= 0 }
      }

      /** Does what can be done now, and says when to look again. */
      const bringOn = async (found: StoredCampaign): Promise<void> => {
        const { id } = found
        const of = { workspaceId, campaignId: id }
        if (found.status === 'scheduled' && found.startAt !== null && found.startAt > now())
          return wakeAt(found.startAt)
        if (found.status === 'scheduled' || found.status === 'freezing') {
          // A rule that was changed is true of nobody until everybody was looked at.
          if (await isBuilding(workspaceId, found)) return wakeAt(now() + LATER)
          await change(id, 'scheduled', { status: 'freezing' })
        }
        const begun = await store.read((tx) => findCampaign(tx, workspaceId, id))
        if (begun?.status === 'freezing') await freeze(begun)
        const campaign = await store.read((tx) => findCampaign(tx, workspaceId, id))
        if (!campaign) return
        const settled = await all((tx) => settlePage(tx, of, now()))
        let outbox = { hasMoved: false, isFull: false }
        if (campaign.status === 'sending') {
          if (await all((tx) => releasePaused(tx, of, now()))) onQueued()
          outbox = await queue(id)
        }
        if (campaign.status === 'cancelled') {
          await all((tx) => refuseRest(tx, of))
          await all((tx) => cancelWaiting(tx, of))
          await all((tx) => settlePage(tx, of, now()))
        }

        const { isOpen, isSending, next } = await store.read(async (tx) => ({
          isOpen: await hasOpenMessages(tx, of),
          isSending: await hasOpenMessages(tx, of, 'sending'),
          next: (await pageOfWaiting(tx, of, { dueBy: undefined, limit: 1 })).at(0)?.dueAt,
        }))
        const left = await store.read((tx) => findCampaign(tx, workspaceId, id))
        if (!left || left.status === 'scheduled' || left.status === 'freezing') return
        if (left.status === 'paused') {
          if (isSending || settled) wakeAt(now() + LATER)
          return
        }
        if (!isOpen && sumOf(left.counts.waiting) === 0) {
          const status = left.status === 'cancelled' ? 'cancelled' : 'done'
          return await change(id, left.status, { status, endedAt: now() })
        }
        // Nothing but a mail makes room: without one in the outbox, time does.
        if (next !== undefined && (!outbox.isFull || !isOpen)) wakeAt(Math.max(next, now() + 1))
        if (!isOpen) return
        wakeAt(now() + (settled || outbox.hasMoved || isSending ? SOON : outbox.isFull ? LATER : MUCH_LATER))
      }

      const open = await store.read((tx) => readOpenCampaigns(tx, workspaceId))
      for (const campaign of open) {
        try {
          await bringOn(campaign)
        } catch (error) {
          signal.throwIfAborted()
          // One campaign that cannot be read is no reason to keep all others.
          onError(error)
          wakeAt(now() + MUCH_LATER)
        }
      }
      return { campaigns: open.length, pages }
    },
  }
}

import { DAY, decide, HOUR, withdrawalOf, type Rules } from '@ciclo/engine'
import { mailboxOf } from '../mail/mailboxOf.ts'
import { standingsOfCampaigns } from '../store/queries/campaignStandings.ts'
import { takeConfirmation } from '../store/queries/confirmations.ts'
import { readEnds } from '../store/queries/enrolments.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { Tx } from '../store/store.ts'
import type { Claimed, ClaimOptions, Ending } from './claim.ts'
import { readSendingFacts } from './readSendingFacts.ts'

interface DecideOptions extends Omit<ClaimOptions, 'rules'> {
  rules: Rules
  end: (message: OutboxMessage, ending: Ending) => Promise<void>
  result: Claimed
}

/** After so long a mail is looked at again whose campaign is paused. */
const LOOK_AGAIN = HOUR

/** Decides on the claimed messages of one workspace, ends those that do not go, and adds the others to the result. */
export async function decideOnClaim(
  tx: Tx,
  workspaceId: string,
  claimed: readonly OutboxMessage[],
  options: DecideOptions,
): Promise<void> {
  const { now, rules, breakers, awayMails, hashAddress, end, result } = options
  const { settings } = rules
  const [doubtful = [], group = []] = [true, false].map((isBegun) =>
    claimed.filter(({ attemptedAt }) => (attemptedAt !== null) === isBegun),
  )
  result.doubtful.push(...doubtful)
  // While a mail was in somebody's hands it could not be withdrawn: asked again where that was not the end of it.
  const again = group.flatMap(({ fence, enrolmentId }) =>
    fence > 1 && enrolmentId !== null ? enrolmentId : [],
  )
  const ends = await readEnds(tx, workspaceId, again)
  const campaigns = group.map(({ campaignId }) => campaignId)
  const standings = await standingsOfCampaigns(tx, workspaceId, campaigns)
  const facts = await readSendingFacts(tx, workspaceId, group, options)

  /** Asked last, because asking takes it: one confirmation an address a day, however it is spelt. */
  const takeConfirmations = async ({ id, address }: OutboxMessage) => {
    let taken = true
    for (const spelt of new Set([mailboxOf(address), address])) {
      const addressHash = hashAddress(workspaceId, spelt)
      taken &&= await takeConfirmation(tx, workspaceId, {
        addressHash,
        messageId: id,
        at: now,
        since: now - DAY,
      })
    }
    return taken
  }

  const decideOn = async (message: OutboxMessage): Promise<Ending | undefined> => {
    const withdrawn = withdrawalOf(ends.get(message.enrolmentId ?? '') ?? null)
    if (withdrawn !== null) return { state: 'refused', reason: withdrawn.reason }
    const standing = standings.get(message.campaignId ?? '')
    if (standing === 'cancelled') return { state: 'refused', reason: 'campaign-cancelled' }
    const known = facts.of(message)
    let decision = decide(message, known, settings, now)
    const sender = facts.senderOf(message)
    if (decision.kind === 'send') {
      if (standing === 'paused')
        return { state: 'queued', reason: 'campaign-paused', dueAt: now + LOOK_AGAIN }
      const until = breakers.admit(sender.smtpUrl)
      if (until !== null)
        return { state: 'queued', reason: 'server-away', dueAt: awayMails.dueAt(sender.smtpUrl, until) }
      if (message.claimed) {
        const confirmedRecently = !(await takeConfirmations(message))
        decision = decide(message, { ...known, confirmedRecently }, settings, now)
      }
    }
    const { kind } = decision
    if (kind === 'wait') return { state: 'queued', reason: decision.reason, dueAt: decision.until }
    if (kind === 'refuse')
      return { state: decision.reason === 'expired' ? 'expired' : 'refused', reason: decision.reason }
    const isTry = breakers.isAway(sender.smtpUrl)
    result.dispatches.push({ message, settings, sender, isTry })
    facts.countAsSent(message)
    return undefined
  }

  for (const message of group) {
    const ending = await decideOn(message)
    if (ending) await end(message, ending)
  }
  await facts.save()
}

import { decide, type Decision, type PolicyFacts, type Purpose, type Settings } from '@ciclo/engine'

type Reason = Exclude<Decision, { kind: 'send' }>['reason']

/** Something that keeps a mail back: for good, or until a time; null where nobody can say when. */
export interface Blocker {
  kind: 'wait' | 'refuse'
  reason: Reason
  until: number | null
}

interface World {
  facts: PolicyFacts
  settings: Pick<Settings, 'quietHours' | 'cap'>
}

/** As if somebody had put right what the policy named. */
function without(reason: Reason, { facts, settings }: World): World {
  const put = (changed: Partial<PolicyFacts>): World => ({ facts: { ...facts, ...changed }, settings })
  switch (reason) {
    case 'suppressed':
      return put({
        suppressed: false,
        withdrawn: facts.withdrawn === 'complaint' ? null : facts.withdrawn,
        permission: facts.permission === 'suppressed' ? 'subscribed' : facts.permission,
      })
    case 'unsubscribed':
      return put({
        withdrawn: facts.withdrawn === 'unsubscribed' ? null : facts.withdrawn,
        permission: facts.permission === 'unsubscribed' ? 'subscribed' : facts.permission,
      })
    case 'erased':
      return put({ withdrawn: null })
    case 'no-permission':
      return put({ permission: 'subscribed' })
    case 'basis-not-allowed':
      return put({ basisAllowed: true })
    case 'topic-refused':
      return put({ topicRefused: false })
    case 'address-changed':
      return put({ addressIsCurrent: true })
    case 'confirmation-sent-recently':
      return put({ confirmedRecently: false })
    case 'journey-paused':
      return put({ journeyPaused: false })
    case 'customer-parked':
      return put({ parked: false })
    case 'open-case':
      return put({ caseUntil: null })
    case 'stream-stopped':
      return put({ stream: { ...facts.stream, stopped: null } })
    case 'warm-up':
    case 'domain-limit':
      return put({ stream: { ...facts.stream, roomAt: null } })
    case 'quiet-hours':
      return { facts, settings: { ...settings, quietHours: null } }
    case 'frequency-cap':
      return { facts, settings: { ...settings, cap: null } }
    case 'expired':
      break
  }
  return { facts, settings }
}

/** Told by when somebody lets it go on; the policy itself only looks again after a while. */
const HAS_NO_END: ReadonlySet<Reason> = new Set(['journey-paused', 'customer-parked', 'stream-stopped'])

function untilOf(decision: Exclude<Decision, { kind: 'send' }>, { caseUntil }: PolicyFacts): number | null {
  if (decision.kind === 'refuse' || HAS_NO_END.has(decision.reason)) return null
  return decision.reason === 'open-case' ? caseUntil : decision.until
}

/**
 * Everything that keeps a mail of a purpose back now, in the order in which the policy asks: its own word, and then what
 * it would say if that were put right, until nothing is left. So it is never another opinion than the sender's.
 */
export function blockersOf(
  purpose: Purpose,
  facts: PolicyFacts,
  settings: World['settings'],
  at: number,
): Blocker[] {
  const message = { purpose, claimed: false, onCap: 'postpone' as const, expiresAt: Number.MAX_SAFE_INTEGER }
  const found = new Map<Reason, Blocker>()
  let world: World = { facts, settings }
  for (;;) {
    const decision = decide(message, world.facts, world.settings, at)
    if (decision.kind === 'send' || found.has(decision.reason)) return [...found.values()]
    const { kind, reason } = decision
    found.set(reason, { kind, reason, until: untilOf(decision, world.facts) })
    world = without(reason, world)
  }
}

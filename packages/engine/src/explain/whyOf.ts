import { canonicalName } from '../canonicalName.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import type { Region } from '../lifecycle.ts'
import type { Cause } from '../transitionReason.ts'
import { wholeIn, type ReasonNumbers } from './reasonNumbers.ts'
import type { Why } from './sentences.ts'

/** How a state was entered. States and regions of other versions may be among them. */
export interface Entry {
  region: string
  from: string
  to: string
  cause: Cause
  numbers: ReasonNumbers
}

type Reader = (entry: Entry, eventName: string | undefined) => Why | undefined

const hadNoOrder = (stage: string) => stage === 'visitor' || stage === 'prospect'

/** Of these an order can only become less. */
const isCorrection = (name: string | undefined) => name === 'Order Cancelled' || name === 'Order Refunded'

const AFTER_ORDER: Partial<Record<string, Why>> = {
  new: 'secondOrder',
  reactivated: 'orderAfterReturn',
  atRisk: 'orderInTime',
}

/** Time needs no word of its own: the days without an order say it. */
const whyOfStage: Reader = ({ from, to, cause }, name) => {
  if (cause.kind === 'timer') return undefined
  if (cause.kind === 'rules') return 'limitsMoved'
  switch (to) {
    case 'visitor':
      return 'noOrderLeft'
    case 'prospect':
      return from === 'visitor' ? 'reachable' : 'noOrderLeft'
    case 'new':
      return hadNoOrder(from) ? 'firstOrder' : 'ordersCorrected'
    case 'active':
      return (isCorrection(name) ? undefined : AFTER_ORDER[from]) ?? 'ordersCorrected'
    case 'reactivated':
      return from === 'lost' ? 'orderAfterLoss' : 'orderAfterLapse'
    default:
      return 'ordersCorrected'
  }
}

const whyOfValue: Reader = ({ to, cause }) => {
  if (cause.kind === 'rules') return 'vipLineMoved'
  return to === 'vip' ? 'overVipLine' : 'underVipLine'
}

const whyOfEngagement: Reader = ({ to, cause }, name) => {
  if (cause.kind === 'rules') return 'engagementRulesMoved'
  if (to === 'unknown') return 'silent'
  if (to === 'cold') return 'mailsIgnored'
  if (name === EVENT_NAMES.subscriptionConfirmed) return 'confirmed'
  return name === EVENT_NAMES.emailLinkClicked ? 'clicked' : 'visited'
}

const ASKED_FROM: Partial<Record<string, Why>> = {
  pending: 'askedAgain',
  suppressed: 'askedElsewhere',
  subscribed: 'askedAnew',
}

function whyOfYes(basis: unknown, name: string | undefined): Why {
  if (basis === 'existing-customer') return 'existingCustomer'
  if (basis === 'opt-out-regime') return 'optOutRegime'
  return name === EVENT_NAMES.subscriptionConfirmed ? 'confirmed' : 'agreed'
}

const whyOfPermission: Reader = ({ from, to, cause, numbers }, name) => {
  if (cause.kind === 'rules') return undefined
  if (name === EVENT_NAMES.emailAddressRestored) return 'restored'
  switch (to) {
    case 'none':
      return cause.kind === 'timer' ? 'notConfirmed' : undefined
    case 'pending':
      return ASKED_FROM[from] ?? 'askedToSubscribe'
    case 'subscribed':
      return whyOfYes(numbers['basis'], name)
    case 'unsubscribed':
      return name === EVENT_NAMES.consentWithdrawn ? 'withdrew' : 'unsubscribed'
    default:
      if (name === EVENT_NAMES.emailMarkedAsSpam) return 'complained'
      return wholeIn(numbers, 'softBounceDays') === undefined ? 'bounced' : 'keptBouncing'
  }
}

const whyOfAdvocacy: Reader = ({ to, cause }, name) => {
  if (cause.kind !== 'event') return undefined
  if (to === 'none') return 'criticised'
  if (to === 'promoter') return 'praised'
  return name === EVENT_NAMES.referralMade ? 'referred' : 'reviewed'
}

const BY_REGION: Record<Region | 'rfm' | 'segment', Reader> = {
  stage: whyOfStage,
  value: whyOfValue,
  engagement: whyOfEngagement,
  permission: whyOfPermission,
  advocacy: whyOfAdvocacy,
  rfm: ({ cause: { kind } }) =>
    ({ event: 'ordered', timer: 'timePassed', rules: 'thirdsMoved' } as const)[kind],
  segment: ({ cause: { kind } }) =>
    ({ event: 'segmentEvent', timer: 'segmentTime', rules: 'segmentMoved' } as const)[kind],
}

/** Why a state was entered, or undefined where its numbers say it all, or nobody knows. */
export function whyOf(entry: Entry): Why | undefined {
  const { region, cause } = entry
  const kind = region.startsWith('segment:') ? 'segment' : region
  const name = cause.kind === 'event' ? canonicalName(cause.name) : undefined
  return Object.hasOwn(BY_REGION, kind) ? BY_REGION[kind as keyof typeof BY_REGION](entry, name) : undefined
}

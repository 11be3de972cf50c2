import { EVENT_NAMES } from '../eventNames.ts'
import type { EventInput } from '../input.ts'
import { tagsOfAddress, tagsOfCampaign, wordOf } from './campaignTags.ts'
import { hostIn, isSameOrigin, originOf } from './referrers.ts'

/** Where a customer came from at one visit. */
export interface Touch {
  at: number
  /** `direct` where nothing is known. */
  source: string
  medium: string | null
  campaign: string | null
}

/** The first visit of which anything is known, and the last one with a source. */
export interface Touches {
  first: Touch | null
  last: Touch | null
}

export const NO_TOUCHES: Touches = { first: null, last: null }

/** How the links of our own mails say where a visitor comes from, to the analytics of the shop. */
export const OWN_TAGS = { source: 'ciclo', medium: 'email' } as const

const DIRECT = 'direct'

/** A click on a link in one of our own mails: what the mail was sent for is its campaign. */
function clickTouch({ at, event: { properties } }: EventInput): Touch | undefined {
  if (properties['class'] !== 'human') return undefined
  const campaign =
    wordOf(properties['campaign']) ?? wordOf(properties['journey']) ?? wordOf(properties['template'])
  return { at, source: 'email', medium: 'email', campaign }
}

/** Our own links tell the shop's page whose visit it is: the click that led there has been counted. */
const isOwnLink = (address: unknown) => typeof address === 'string' && /[?&]ciclo_visit=/.test(address)

function visitTouch({ at, event }: EventInput): Touch | undefined {
  const { context, properties, type } = event
  const page = (context['page'] ?? (type === 'track' ? undefined : properties)) as
    | Record<string, unknown>
    | undefined
  const address = page?.['url']
  const search = page?.['search']
  const tags = tagsOfCampaign(context['campaign']) ?? tagsOfAddress(search) ?? tagsOfAddress(address)
  // As the click that led there is counted, also where it was not.
  if (tags?.source === OWN_TAGS.source && tags.medium === OWN_TAGS.medium)
    return { at, source: 'email', medium: 'email', campaign: tags.campaign }
  if (!tags && (isOwnLink(search) || isOwnLink(address))) return undefined
  if (!tags && isSameOrigin(page?.['referrer'], address)) return undefined
  const named = (context['referrer'] as { url?: unknown } | null | undefined)?.url
  const referrer = hostIn(page?.['referrer']) ?? hostIn(named)
  if (tags?.source) return { at, source: tags.source, medium: tags.medium, campaign: tags.campaign }
  const origin = referrer === undefined ? undefined : originOf(referrer, hostIn(address))
  if (tags) {
    const source = origin?.source ?? 'unknown'
    return { at, source, medium: tags.medium ?? origin?.medium ?? null, campaign: tags.campaign }
  }
  if (referrer === undefined) return { at, source: DIRECT, medium: null, campaign: null }
  return origin && { at, source: origin.source, medium: origin.medium, campaign: null }
}

/**
 * Where an event says that its customer came from: by the campaign that the client names (`context.campaign`), else the
 * tags in the address of the page, else the page before. Undefined where it is no visit, or only the next page of one;
 * a crawler's visit and a scanner's click are none.
 */
export function touchIn(input: EventInput): Touch | undefined {
  const { source, event } = input
  if (event.bot === true) return undefined
  const isVisit =
    event.type === 'page' || event.type === 'screen' || (event.type === 'track' && source === 'public')
  if (isVisit) return visitTouch(input)
  // A browser cannot say that a mail was clicked.
  return event.name === EVENT_NAMES.emailLinkClicked && event.type === 'track' ? clickTouch(input) : undefined
}

/** A total order, so that what arrives at the same time in any order ends the same: `direct` behind what says more. */
function isBefore(one: Touch, other: Touch): boolean {
  if (one.at !== other.at) return one.at < other.at
  if ((one.source === DIRECT) !== (other.source === DIRECT)) return other.source === DIRECT
  const [text, otherText] = [one, other].map(({ source, medium, campaign }) =>
    JSON.stringify([source, medium, campaign]),
  )
  return String(text) < String(otherText)
}

/** With one touch more. In whatever order touches come, the outcome is the same: late ones need no rebuild. */
export function withTouch(touches: Touches, touch: Touch): Touches {
  const { first, last } = touches
  const isFirst = first === null || isBefore(touch, first)
  const isLast = touch.source !== DIRECT && (last === null || isBefore(last, touch))
  return isFirst || isLast ? { first: isFirst ? touch : first, last: isLast ? touch : last } : touches
}

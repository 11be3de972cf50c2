import { cutText } from '../cutText.ts'
import type { Origin } from './referrers.ts'

/** What the address of a page, or whoever built it, says of the campaign that led there. */
interface CampaignTags {
  source: string | null
  medium: string | null
  campaign: string | null
}

/** The ids that advertisers add to the addresses of their links. */
const CLICK_IDS: Readonly<Record<string, Origin>> = {
  gclid: { source: 'google', medium: 'cpc' },
  gbraid: { source: 'google', medium: 'cpc' },
  wbraid: { source: 'google', medium: 'cpc' },
  dclid: { source: 'google', medium: 'cpc' },
  // Of Google's free product listings.
  srsltid: { source: 'google', medium: 'organic' },
  msclkid: { source: 'bing', medium: 'cpc' },
  yclid: { source: 'yandex', medium: 'cpc' },
  ttclid: { source: 'tiktok', medium: 'cpc' },
  twclid: { source: 'x', medium: 'cpc' },
  li_fat_id: { source: 'linkedin', medium: 'cpc' },
  rdt_cid: { source: 'reddit', medium: 'cpc' },
  epik: { source: 'pinterest', medium: 'cpc' },
  // Facebook and Instagram add theirs to every link, paid or not.
  fbclid: { source: 'facebook', medium: 'social' },
  igshid: { source: 'instagram', medium: 'social' },
}

const TAGGED = new RegExp(`[?&](?:utm_[a-z]+|${Object.keys(CLICK_IDS).join('|')})=`, 'i')

/** Anybody may call a campaign anything, of any length. */
const LONGEST = 100
/** Of an address: what comes beyond is no tag. */
const LONGEST_QUERY = 4_096

export const wordOf = (value: unknown): string | null => {
  if (typeof value !== 'string') return null
  const word = cutText(value.trim(), LONGEST)
  return word === '' ? null : word
}

/** Sources and media are written in either case; names of campaigns mean theirs. */
const lowerWordOf = (value: unknown) => wordOf(value)?.toLowerCase() ?? null

/** No database keeps a NUL: it comes in behind the back of whoever has cleaned the address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).replaceAll('\u0000', '\uFFFD')
  } catch {
    return text
  }
}

/** The campaign as a client has read it from the address: `context.campaign` of the Segment specification. */
export function tagsOfCampaign(campaign: unknown): CampaignTags | undefined {
  if (typeof campaign !== 'object' || campaign === null) return undefined
  const { source, medium, name, campaign: other } = campaign as Record<string, unknown>
  const tags = {
    source: lowerWordOf(source),
    medium: lowerWordOf(medium),
    campaign: wordOf(name) ?? wordOf(other),
  }
  return tags.source === null && tags.medium === null && tags.campaign === null ? undefined : tags
}

/** `utm_*`, or else an advertiser's id, in the query of an address. */
export function tagsOfAddress(address: unknown): CampaignTags | undefined {
  if (typeof address !== 'string') return undefined
  const begin = address.indexOf('?')
  if (begin < 0) return undefined
  const query = address.slice(begin, begin + LONGEST_QUERY)
  if (!TAGGED.test(query)) return undefined
  const tags: CampaignTags = { source: null, medium: null, campaign: null }
  let origin: Origin | undefined
  for (const pair of query.slice(1).replace(/#.*$/s, '').split('&')) {
    const equals = pair.indexOf('=')
    const name = pair.slice(0, Math.max(0, equals)).toLowerCase()
    const value = decoded(pair.slice(equals + 1))
    if (name === 'utm_source') tags.source = lowerWordOf(value)
    else if (name === 'utm_medium') tags.medium = lowerWordOf(value)
    else if (name === 'utm_campaign') tags.campaign = wordOf(value)
    else if (value !== '' && Object.hasOwn(CLICK_IDS, name)) origin ??= CLICK_IDS[name]
  }
  if (tags.source === null && origin)
    return { ...origin, ...(tags.medium && { medium: tags.medium }), campaign: tags.campaign }
  if (origin && tags.medium === null) tags.medium = origin.medium
  return tags.source === null && tags.medium === null && tags.campaign === null ? undefined : tags
}

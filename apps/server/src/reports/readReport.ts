import { DAY, liftOf } from '@ciclo/engine'
import { readCampaign, variantsOf } from '../campaigns/campaign.ts'
import { figuresOf } from '../campaigns/figuresOf.ts'
import { createDayIn, daysFrom, type Day } from '../home/dayIn.ts'
import { readCreditedOrders } from '../insight/readCreditedOrders.ts'
import { isCurrent, shownVersion } from '../journeys/lifeOfVersion.ts'
import { findCampaign, type StoredCampaign } from '../store/queries/campaigns.ts'
import type { Period } from '../store/queries/countedOrders.ts'
import { liftGroups } from '../store/queries/homeMoney.ts'
import { readVersions, type StoredVersion } from '../store/queries/journeys.ts'
import { countSent, isOfReport, readResponses, type ReportScope } from '../store/queries/reportFigures.ts'
import { readSettings } from '../store/queries/settings.ts'
import { listTemplateVersions } from '../store/queries/templates.ts'
import type { ReadTx, Store } from '../store/store.ts'
import { shippedTemplates } from '../templates/shippedTemplates.ts'
import {
  addMoney,
  figuresFrom,
  partsOf,
  type Counted,
  type PartKey,
  type ReportFigures,
} from './reportFigures.ts'

export type ReportKind = 'journeys' | 'templates' | 'campaigns'

export interface ReportWanted {
  workspaceId: string
  kind: ReportKind
  id: string
  days: number
  /** Epoch milliseconds. */
  now: number
}

type JourneyLift = { mailedPeople: number; heldOutPeople: number } & ReturnType<typeof liftOf>

export interface Report {
  name: string
  period: Period
  /** Of the attribution: milliseconds. */
  window: number
  currency: string
  totals: ReportFigures
  parts: (PartKey & ReportFigures)[]
  days: (Pick<ReportFigures, 'sent' | 'clicked' | 'orders' | 'revenue'> & { day: Day })[]
  /** Of a journey that holds some people out. */
  lift: JourneyLift | null
}

const NOTHING: PartKey = { journey: null, step: null, campaign: null, variant: null, template: null }

/** By what a report is divided. */
const KEYS: Record<ReportKind, Parameters<typeof partsOf>[1]> = {
  journeys: ({ stepId: step, template }) => ({ ...NOTHING, step, template }),
  templates: ({ journeyId: journey, stepId: step, campaignId: campaign }) => ({
    ...NOTHING,
    journey,
    step,
    campaign,
  }),
  campaigns: ({ variant, template }) => ({ ...NOTHING, variant, template }),
}

/** What a report is about; undefined of what there is not. */
type Subject =
  | { kind: 'journeys'; name: string; scope: ReportScope; holdsOut: boolean }
  | { kind: 'templates'; name: string; scope: ReportScope }
  | { kind: 'campaigns'; name: string; scope: ReportScope; campaign: StoredCampaign }

async function findSubject(
  tx: ReadTx,
  { workspaceId, kind, id }: ReportWanted,
  shipped: ReadonlySet<string>,
): Promise<Subject | undefined> {
  if (kind === 'templates') {
    const isKnown = shipped.has(id) || (await listTemplateVersions(tx, workspaceId, id)).length > 0
    return isKnown ? { kind, name: id, scope: { template: id } } : undefined
  }
  if (kind === 'campaigns') {
    const campaign = await findCampaign(tx, workspaceId, id)
    if (!campaign) return undefined
    return { kind, name: readCampaign(campaign.definition).name, scope: { campaign: id }, campaign }
  }
  const versions: StoredVersion[] = await readVersions(tx, workspaceId, id)
  const shown = shownVersion(versions)
  if (!shown) return undefined
  const holdsOut = (versions.find(isCurrent)?.definition.holdOut ?? 0) > 0
  return { kind, name: shown.name, scope: { journey: id }, holdsOut }
}

/** The last days; of a campaign the first ones since it began. */
function periodOf(subject: Subject, { days, now }: ReportWanted): Period {
  const end = now + 1
  if (subject.kind !== 'campaigns') return { from: end - days * DAY, to: end }
  const from = Math.min(subject.campaign.startAt ?? now, now)
  return { from, to: Math.min(end, from + days * DAY) }
}

/** What has become of a campaign's mails is known of everybody, also of whom was erased since. */
async function withCampaignFigures(
  tx: ReadTx,
  campaign: StoredCampaign,
  { totals, parts }: Pick<Report, 'totals' | 'parts'>,
): Promise<Pick<Report, 'totals' | 'parts'>> {
  const { variants } = await figuresOf(tx, campaign)
  const countsOf = ({
    sent,
    delivered,
    bounced,
    complained,
    unsubscribed,
    clicked,
  }: (typeof variants)[number]) => ({
    sent,
    delivered,
    bounced,
    complained,
    unsubscribed,
    clicked,
    people: clicked,
  })
  const known = variantsOf(readCampaign(campaign.definition))
  const ofVariants = variants.map((figures, place): Report['parts'][number] => {
    const own = parts.filter(({ variant }) => variant === figures.id)
    const revenue: Record<string, number> = {}
    for (const part of own)
      for (const [currency, amount] of Object.entries(part.revenue))
        revenue[currency] = (revenue[currency] ?? 0) + amount
    return {
      ...NOTHING,
      variant: figures.id,
      template: known[place]?.template ?? null,
      ...countsOf(figures),
      orders: own.reduce((sum, { orders }) => sum + orders, 0),
      revenue,
    }
  })
  const sum = { ...totals }
  for (const name of [
    'sent',
    'delivered',
    'bounced',
    'complained',
    'unsubscribed',
    'clicked',
    'people',
  ] as const)
    sum[name] = ofVariants.reduce((all, part) => all + part[name], 0)
  return { totals: sum, parts: ofVariants }
}

function daysOf({ sent, responses, orders }: Counted, period: Period, zone: string): Report['days'] {
  const dayIn = createDayIn(zone)
  const [first, last] = [dayIn(period.from), dayIn(Math.max(period.from, period.to - 1))]
  const length = Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1
  const clicks = responses.filter(({ kind, at }) => kind === 'clicked' && at < period.to)
  const bySent = Map.groupBy(sent, ({ at }) => dayIn(at))
  const byClick = Map.groupBy(clicks, ({ at }) => dayIn(at))
  const byOrder = Map.groupBy(orders, ({ order }) => dayIn(order.at))
  return daysFrom(first, length).map((day) => ({
    day,
    sent: bySent.get(day)?.reduce((sum, { mails }) => sum + mails, 0) ?? 0,
    clicked: byClick.get(day)?.length ?? 0,
    orders: byOrder.get(day)?.length ?? 0,
    revenue: addMoney(byOrder.get(day) ?? []),
  }))
}

/**
 * What the mails of a journey, template or campaign have come to that were sent in a period, and the orders of that
 * period which are credited to any of its mails. Undefined of what there is not.
 */
export async function readReport(store: Store, wanted: ReportWanted): Promise<Report | undefined> {
  const shipped = new Set((await shippedTemplates()).keys())
  return await store.read(async (tx) => {
    const { workspaceId, id, kind, now } = wanted
    const subject = await findSubject(tx, wanted, shipped)
    if (!subject) return undefined
    const { name, scope } = subject
    const settings = await readSettings(tx, workspaceId)
    const period = periodOf(subject, wanted)
    const credited = await readCreditedOrders(tx, { workspaceId, period }, settings)
    const counted: Counted = {
      sent: await countSent(tx, workspaceId, scope, period),
      responses: await readResponses(tx, workspaceId, scope, { period, until: now + 1 }),
      orders: credited.filter((credit) => isOfReport(scope, credit)),
    }
    const figures = { totals: figuresFrom(counted), parts: partsOf(counted, KEYS[kind]) }
    let lift: JourneyLift | null = null
    if (subject.kind === 'journeys' && subject.holdsOut) {
      const { mailed, heldOut } = await liftGroups(tx, workspaceId, id, period, settings)
      const people = { mailedPeople: mailed.people, heldOutPeople: heldOut.people }
      lift = { ...people, ...liftOf(mailed, heldOut) }
    }
    return {
      name,
      period,
      window: settings.attribution.window,
      currency: settings.currency,
      ...(subject.kind === 'campaigns' ? await withCampaignFigures(tx, subject.campaign, figures) : figures),
      days: daysOf(counted, period, settings.shop.timeZone),
      lift,
    }
  })
}

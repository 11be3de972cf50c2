import type { z } from 'zod'
import type { CampaignFiguresSchema, CampaignPreviewSchema } from '../routes/campaignSchemas.ts'
import { quoted } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'

type Say = Surroundings['say']
type Figures = z.infer<typeof CampaignFiguresSchema>
type Preview = z.infer<typeof CampaignPreviewSchema>

const reasonsText = ({ total, reasons }: { total: number; reasons: Record<string, number> }) => {
  const told = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`)
  return told.length === 0 ? String(total) : `${total} (${told.join(', ')})`
}

/** Who would get a campaign, who would not, and what keeps it from being started. */
export function sayPreview(
  { at, startAt, audience, recipients, skipped, variants, problems }: Preview,
  say: Say,
) {
  say(`${audience} customers at ${at}: ${recipients} get it, ${reasonsText(skipped)} are skipped`)
  say(`it begins at ${startAt}`)
  for (const variant of variants)
    say(`  ${variant.id}: ${variant.recipients} get the template ${variant.template}`)
  for (const { path, message } of problems) say(`  ${path}: ${quoted(message)}`)
}

function sayPlaces(places: Figures | Figures['variants'][number], say: Say, indent: string) {
  const { waiting, queued, sending, sent, refused, failed, expired, dead, unknown, cancelled, erased } =
    places
  const counts = { waiting, sending, sent, expired, dead, unknown, cancelled, erased }
  const grouped = { queued, refused, failed }
  for (const [name, count] of Object.entries(counts)) if (count > 0) say(`${indent}${name}: ${count}`)
  for (const [name, group] of Object.entries(grouped))
    if (group.total > 0) say(`${indent}${name}: ${reasonsText(group)}`)
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** Where everybody is, and what people did with each variant. */
export function sayFigures(figures: Figures, say: Say): void {
  say(`${figures.status}: ${figures.audience} customers`)
  say(`  skipped: ${reasonsText(figures.skipped)}`)
  sayPlaces(figures, say, '  ')
  for (const variant of figures.variants) {
    const { id, template, recipients, delivered, bounced, complained, unsubscribed, clicked, clickRate } =
      variant
    say(`${id} (${template}): ${recipients} recipients`)
    if (figures.variants.length > 1) sayPlaces(variant, say, '  ')
    const rate = clickRate.value === null ? clickRate.word : percent(clickRate.value)
    say(`  delivered ${delivered}, clicked ${clicked} (${rate}), unsubscribed ${unsubscribed}`)
    say(`  bounced ${bounced}, complained ${complained}`)
  }
  for (const { variant, with: first, difference, low, high, verdict } of figures.comparisons)
    say(
      difference === null || low === null || high === null
        ? `${variant} beside ${first}: ${verdict}`
        : `${variant} beside ${first}: ${verdict}, clicked ${percent(difference)} more (95 %: ${percent(low)} to ${percent(high)})`,
    )
}

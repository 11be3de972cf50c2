import type { z } from 'zod'
import { JourneySchema, type Journey } from '../../src/index.ts'
import type { Region } from '../../src/index.ts'

/** A journey as it is written. */
export type JourneyWords = z.input<typeof JourneySchema>

/** A journey from a few words: what is left out is as the schema says. */
export const journeyOf = (words: JourneyWords): Journey => JourneySchema.parse(words)

const DAY = 86_400_000

const oneMail = (id: string, region: Region, to: string, reentry: JourneyWords['reentry']): Journey =>
  journeyOf({
    id,
    name: id,
    trigger: { kind: 'transition', region, to },
    reentry,
    steps: [{ kind: 'send', id: 'mail', template: id, purpose: 'marketing' }],
  })

/** A confirmation and a welcome, as every shop has them. */
export const FIRST_JOURNEYS: readonly Journey[] = [
  journeyOf({
    id: 'opt-in-confirmation',
    name: 'Opt-in confirmation',
    trigger: { kind: 'transition', region: 'permission', to: 'pending' },
    reentry: { kind: 'always' },
    steps: [
      { kind: 'send', id: 'mail', template: 'opt-in-confirmation', purpose: 'transactional', to: 'claim' },
    ],
  }),
  oneMail('welcome', 'permission', 'subscribed', { kind: 'never' }),
]

/** One journey for each milestone of a life, of one mail each. */
export const LIFE_JOURNEYS: readonly Journey[] = [
  ...FIRST_JOURNEYS,
  oneMail('thank-you', 'stage', 'new', { kind: 'after', duration: 30 * DAY }),
  oneMail('at-risk', 'stage', 'atRisk', { kind: 'after', duration: 60 * DAY }),
  oneMail('win-back', 'stage', 'lapsed', { kind: 'after', duration: 180 * DAY }),
]

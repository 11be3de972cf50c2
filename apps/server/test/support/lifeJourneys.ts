import { JourneySchema, type Journey, type Region } from '@ciclo/engine'

const DAY = 86_400_000

const oneMail = (id: string, region: Region, to: string, days: number | null): Journey =>
  JourneySchema.parse({
    id,
    name: id,
    trigger: { kind: 'transition', region, to },
    reentry: days === null ? { kind: 'never' } : { kind: 'after', duration: days * DAY },
    steps: [{ kind: 'send', id: 'mail', template: id, purpose: 'marketing' }],
  })

/** One journey of one mail for each milestone of a life: enough to see what a mail does, and that it is only one. */
export const LIFE_JOURNEYS: readonly Journey[] = [
  JourneySchema.parse({
    id: 'opt-in-confirmation',
    name: 'Opt-in confirmation',
    trigger: { kind: 'transition', region: 'permission', to: 'pending' },
    reentry: { kind: 'always' },
    steps: [
      { kind: 'send', id: 'mail', template: 'opt-in-confirmation', purpose: 'transactional', to: 'claim' },
    ],
  }),
  oneMail('welcome', 'permission', 'subscribed', null),
  oneMail('thank-you', 'stage', 'new', 30),
  oneMail('at-risk', 'stage', 'atRisk', 60),
  oneMail('win-back', 'stage', 'lapsed', 180),
]

import { coupon, mail, ordered, pause, second, viewed, type FaultRow } from './journeyFault.ts'

/** What works, and is probably not meant so, or not kind to whoever gets the mails. */
export const MANNER_FAULTS: readonly FaultRow[] = [
  [
    'a code after the last mail',
    {
      code: 'unused-coupon',
      at: 'steps.1',
      step: 'code',
      says: /a code that no mail shows, expected a mail after it/,
      journey: { steps: [mail, coupon] },
      mended: { steps: [coupon, mail] },
    },
  ],
  [
    'a code that another one takes the place of',
    {
      code: 'unused-coupon',
      at: 'steps.0',
      step: 'code',
      says: /no mail shows/,
      journey: { steps: [coupon, { ...coupon, id: 'better' }, mail] },
      mended: { steps: [coupon, mail, { ...coupon, id: 'better' }, second] },
    },
  ],
  [
    'a code that is over when the mail comes',
    {
      code: 'coupon-expired',
      at: 'steps.0.validFor',
      step: 'code',
      says: /given 2d, and the mail 'mail' at least 3d later, expected more than 3d/,
      journey: {
        exits: [ordered],
        steps: [{ ...coupon, validFor: '48h' }, { ...pause, duration: '3d' }, mail],
      },
      mended: {
        exits: [ordered],
        steps: [{ ...coupon, validFor: '4d' }, { ...pause, duration: '3d' }, mail],
      },
    },
  ],
  [
    'marketing over time that nothing ends',
    {
      code: 'no-exit',
      at: 'exits',
      says: /marketing mails over time, and nothing that ends them, expected an exit or a goal/,
      journey: { steps: [mail, pause, second] },
      mended: { steps: [mail, pause, second], goal: { ...ordered, within: '5d' } },
    },
  ],
  [
    'a mail for every product that is looked at',
    {
      code: 'frequent-entry',
      at: 'reentry',
      says: /always, with mails on every 'Product Viewed' and no frequency cap, expected after a duration, or a cap/,
      journey: { trigger: viewed, reentry: { kind: 'always' } },
      mended: { trigger: viewed, reentry: { kind: 'always' } },
      mendedWorld: { hasCap: true },
    },
  ],
]

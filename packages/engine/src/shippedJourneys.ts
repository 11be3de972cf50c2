import type { Journey } from './journey.ts'
import type { Region } from './lifecycle.ts'
import { DAY } from './settings.ts'

const oneMail = (
  id: string,
  name: string,
  trigger: { region: Region; to: string },
  reentry: Journey['reentry'],
): Journey => ({
  id,
  version: 1,
  name,
  trigger: { kind: 'transition', ...trigger },
  reentry,
  steps: [{ kind: 'send', id: 'mail', template: id, purpose: 'marketing', to: 'customer' }],
})

/** Opt-in confirmation and welcome: on in every new workspace. */
export const FIRST_JOURNEYS: readonly Journey[] = [
  {
    id: 'opt-in-confirmation',
    version: 1,
    name: 'Opt-in confirmation',
    trigger: { kind: 'transition', region: 'permission', to: 'pending' },
    // Who has mistyped an address asks again with another; one mail a day for an address is the policy's matter.
    reentry: { kind: 'always' },
    steps: [
      { kind: 'send', id: 'mail', template: 'opt-in-confirmation', purpose: 'transactional', to: 'claim' },
    ],
  },
  oneMail('welcome', 'Welcome', { region: 'permission', to: 'subscribed' }, { kind: 'never' }),
]

/** Every journey that Ciclo ships. Re-entry is the field's common practice. */
export const SHIPPED_JOURNEYS: readonly Journey[] = [
  ...FIRST_JOURNEYS,
  oneMail('thank-you', 'Thank you', { region: 'stage', to: 'new' }, { kind: 'after', duration: 30 * DAY }),
  oneMail('at-risk', 'At risk', { region: 'stage', to: 'atRisk' }, { kind: 'after', duration: 60 * DAY }),
  oneMail('win-back', 'Win back', { region: 'stage', to: 'lapsed' }, { kind: 'after', duration: 180 * DAY }),
]

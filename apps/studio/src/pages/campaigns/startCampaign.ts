import type { Campaign } from '../../api/contract.ts'

/** Who may get marketing at all: the server skips everybody else anyway, with the reason. */
const SUBSCRIBED = { kind: 'lifecycle', region: 'permission', states: ['subscribed'] } as const

/** A campaign as it begins: at once, to a segment or to everybody who may get it. */
export const startCampaign = ({
  name,
  template,
  segment,
}: {
  name: string
  template: string
  segment: string | null
}): Campaign => ({
  name,
  purpose: 'marketing',
  audience: segment === null ? { rule: { ...SUBSCRIBED, states: [...SUBSCRIBED.states] } } : { segment },
  exclude: [],
  template,
  strings: {},
  variants: [],
  topic: null,
  sender: null,
  schedule: { kind: 'now' },
  expiresAfter: null,
  onCap: 'postpone',
})

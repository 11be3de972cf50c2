import { useTranslation } from 'react-i18next'
import { StatusBadge } from '../../../parts/StatusBadge.tsx'
import type { Subscription } from './subscriptionsQuery.ts'

const COLORS = { off: 'gray', failing: 'orange', on: 'green' } as const

/** How it stands with a subscription: it fails from the first thing that was not taken to the next that is. */
export function SubscriptionState({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions')
  const { active, failingSince } = subscription
  const state = !active ? 'off' : failingSince === null ? 'on' : 'failing'
  return <StatusBadge color={COLORS[state]}>{t(`states.${state}`)}</StatusBadge>
}

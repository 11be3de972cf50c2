import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { NewSubscription } from './NewSubscription.tsx'
import { SubscriptionDetail } from './SubscriptionDetail.tsx'
import { SubscriptionList } from './SubscriptionList.tsx'
import { subscriptionsQuery } from './subscriptionsQuery.ts'

/** What stands behind # for the form of a new one: no id has a sign like this. */
const NEW = '+'

/** Who is told of what: all of them, one, or a new one; the address says which, behind `#`. */
export default function WebhooksPart() {
  const { subscriptions } = useSuspenseQuery(subscriptionsQuery).data
  const { hash } = useLocation()
  if (hash === NEW) return <NewSubscription />
  const subscription = subscriptions.find(({ id }) => id === hash)
  return subscription ? (
    <SubscriptionDetail key={subscription.id} subscription={subscription} />
  ) : (
    <SubscriptionList subscriptions={subscriptions} />
  )
}

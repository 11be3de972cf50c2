import type { Customer } from '@ciclo/engine'
import { readCustomer } from '../../store/queries/customers.ts'
import type { Store } from '../../store/store.ts'
import type { Linked } from './linkShell.ts'

/** How the customer of a mail stands to marketing mail. */
export interface Standing {
  isSubscribed: boolean
  refusedTopics: readonly string[]
  /**
   * Whether a yes by a link of this mail may count: whoever reads its address is who would get the mails. Of who has
   * called them spam, or has another address now, it may not.
   */
  mayAgree: boolean
}

const isWillingAgain = ({ lifecycle, consent }: Customer) =>
  lifecycle.value.permission !== 'suppressed' && consent['marketing-email']?.isFinal !== true

export async function standingOf(store: Store, { message }: Linked): Promise<Standing> {
  const { workspaceId, customerId, address } = message
  const found = await store.read((tx) => readCustomer(tx, workspaceId, customerId))
  const customer = found?.customer
  return {
    isSubscribed: customer?.lifecycle.value.permission === 'subscribed',
    refusedTopics: customer?.refusedTopics ?? [],
    mayAgree: customer !== undefined && customer.email === address && isWillingAgain(customer),
  }
}

import { creditOrders, type Settings } from '@ciclo/engine'
import type { Period } from '../store/queries/countedOrders.ts'
import { ordersAndClicks, originsOfMessages, type MailOrigin } from '../store/queries/creditableOrders.ts'
import type { ReadTx } from '../store/store.ts'

/** An order that is credited to a click on a mail, and what that mail was sent for, as far as it is known. */
export interface CreditedOrder extends Omit<MailOrigin, 'template'> {
  customerId: string
  template: string | null
  order: { id: string; at: number; currency: string; revenue: number }
}

const UNKNOWN = { journeyId: null, stepId: null, campaignId: null, variant: null }

/** The orders of a period that are credited to mails: all that is said of revenue after mails is drawn from these. */
export async function readCreditedOrders(
  tx: ReadTx,
  { workspaceId, period }: { workspaceId: string; period: Period },
  settings: Settings,
): Promise<CreditedOrder[]> {
  const { window } = settings.attribution
  const credited = []
  for await (const { customerId, clicks, orders } of ordersAndClicks(tx, workspaceId, period, settings))
    for (const credit of creditOrders(clicks, orders, window)) credited.push({ customerId, ...credit })
  const messageIds = new Set(credited.map(({ click }) => click.messageId ?? ''))
  const origins = await originsOfMessages(tx, workspaceId, [...messageIds])
  return credited.map(({ customerId, order, click }) => {
    const { template, ...origin } = origins.get(click.messageId ?? '') ?? {
      ...UNKNOWN,
      template: click.template,
    }
    return { customerId, order, template, ...origin }
  })
}

import { EVENT_NAMES } from '@ciclo/engine'
import { lockCustomers, readCustomer } from '../../store/queries/customers.ts'
import { noteOpen } from '../../store/queries/opens.ts'
import { fetcherOf } from './fetcherOf.ts'
import type { Linked, LinkShell, LinkShellOptions } from './linkShell.ts'

/** The smallest transparent GIF. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/**
 * The open pixel. What is kept of it is asked when it is fetched, not when the mail was sent: who withdraws the consent
 * to tracking, or a shop that turns tracking off, means the mails that have arrived already, too.
 */
export function addOpenRoute(
  shell: LinkShell,
  { store, now }: Pick<LinkShellOptions, 'store' | 'now'>,
): void {
  const keepLast = async ({ message: { workspaceId, customerId } }: Linked) => {
    const found = await store.read((tx) => readCustomer(tx, workspaceId, customerId))
    if (!found) return
    await store.write(async (tx) => {
      // Locked, so that nothing is written of whom an erasure removes meanwhile.
      const [record] = await lockCustomers(tx, workspaceId, [found.customer.id])
      if (record && record.customer.consent.tracking?.status !== 'refused')
        await noteOpen(tx, workspaceId, record.customer.id, now())
    })
  }

  shell.on('GET', 'o', 'open', async (linked) => {
    const { context, message, settings, isFlood } = linked
    const fetcher = fetcherOf(context, message, now())
    if (settings.openTracking === 'full')
      await shell.record(linked, [EVENT_NAMES.emailOpened, { ...fetcher }])
    if (settings.openTracking === 'last-open' && !isFlood && fetcher.class === 'human') await keepLast(linked)
    return context.body(PIXEL, 200, { 'content-type': 'image/gif', 'cache-control': 'no-store' })
  })
}

import { EVENT_NAMES } from '@ciclo/engine'
import { noticeBody } from '../../pages/noticeBody.ts'
import { readCustomer } from '../../store/queries/customers.ts'
import type { Linked, LinkShell, LinkShellOptions } from './linkShell.ts'

const expired = ({ show, words }: Linked) =>
  show(
    {
      title: words.expiredTitle,
      body: noticeBody({ title: words.expiredTitle, text: words.expiredText }),
    },
    410,
  )

/** Double opt-in: the page of the confirmation mail, and the button on it that confirms. */
export function addConfirmRoutes(
  shell: LinkShell,
  { store, now }: Pick<LinkShellOptions, 'store' | 'now'>,
): void {
  /** Past its time, or before a later no: who has left since has to be asked again. */
  const isOver = async ({ payload, message }: Linked<'confirm'>): Promise<boolean> => {
    if (now() > payload.x) return true
    const { workspaceId, customerId, createdAt } = message
    const found = await store.read((tx) => readCustomer(tx, workspaceId, customerId))
    return (found?.customer.consent['marketing-email']?.refusedAt ?? 0) > createdAt
  }

  shell.on('GET', 'confirm', 'confirm', async (linked) => {
    const { show, words } = linked
    if (await isOver(linked)) return await expired(linked)
    const { confirmTitle: title, confirmText: text, confirmButton: button } = words
    return await show({ title, body: noticeBody({ title, text, button }) })
  })

  shell.on('POST', 'confirm', 'confirm', async (linked) => {
    const { show, words, message } = linked
    if (await isOver(linked)) return await expired(linked)
    await shell.record(linked, [EVENT_NAMES.subscriptionConfirmed, { email: message.address }])
    const { confirmedTitle: title, confirmedText: text } = words
    return await show({ title, body: noticeBody({ title, text }) })
  })
}

import type { SendDirectly } from '../sending/sendDirectly.ts'
import type { Senders } from '../sending/senders.ts'
import { readSenders } from '../store/queries/senders.ts'
import { readWorkspace } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { invitationMail } from './invitationMail.ts'

export interface MailInvitation {
  /** Mails an invitation's link, if there is a server for that. Never throws for what the server does. */
  (
    invitation: { workspaceId: string; email: string; expiresAt: number },
    link: string,
  ): Promise<{ state: 'sent' | 'refused' | 'unset'; response: string | null }>
}

export interface MailInvitationOptions {
  store: Store
  senders: Pick<Senders, 'senderOf'>
  sendDirectly: SendDirectly
  /** Whether mails reach anybody where the workspace has set up no sender of its own. */
  mailsGoOut: boolean
}

/** By the transactional sender of the workspace, else by the installation's own server. */
export function createMailInvitation(options: MailInvitationOptions): MailInvitation {
  const { store, senders, sendDirectly, mailsGoOut } = options
  return async ({ workspaceId, email, expiresAt }, link) => {
    const { sender, isOwn, workspace } = await store.read(async (tx) => {
      const chosen = await senders.senderOf(tx, workspaceId, 'transactional', null)
      const rows = await readSenders(tx, workspaceId)
      return {
        sender: chosen,
        isOwn: rows.some(({ id, status }) => id === chosen.id && status === 'live'),
        workspace: await readWorkspace(tx, workspaceId),
      }
    })
    if (!workspace || sender.stopped !== null || !(isOwn || mailsGoOut))
      return { state: 'unset', response: null }
    const { shop, locale } = workspace.settings
    const { taken, response } = await sendDirectly(
      sender,
      invitationMail({
        to: email,
        shop: shop.name || workspace.name,
        link,
        expiresAt,
        locale,
        timeZone: shop.timeZone,
      }),
    )
    return { state: taken ? 'sent' : 'refused', response }
  }
}

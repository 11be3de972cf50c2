import { EVENT_NAMES } from '@ciclo/engine'
import { noticeBody } from '../../pages/noticeBody.ts'
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
export function addConfirmRoutes(shell: LinkShell, { now }: Pick<LinkShellOptions, 'now'>): void {
  const isOver = ({ payload }: Linked<'confirm'>) => now() > payload.x

  shell.on('GET', 'confirm', 'confirm', (linked) => {
    const { show, words } = linked
    if (isOver(linked)) return expired(linked)
    const { confirmTitle: title, confirmText: text, confirmButton: button } = words
    return show({ title, body: noticeBody({ title, text, button }) })
  })

  shell.on('POST', 'confirm', 'confirm', async (linked) => {
    const { show, words, message } = linked
    if (isOver(linked)) return expired(linked)
    await shell.record(linked, [EVENT_NAMES.subscriptionConfirmed, { email: message.address }])
    const { confirmedTitle: title, confirmedText: text } = words
    return show({ title, body: noticeBody({ title, text }) })
  })
}

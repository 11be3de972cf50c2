import type { MakeMailLinks } from '../../mail/mailLinks.ts'
import type { RenderMessage } from '../../mail/renderMessage.ts'
import { noticeBody } from '../../pages/noticeBody.ts'
import type { LinkShell } from './linkShell.ts'

/**
 * A mail is a page by somebody who writes templates: it gets a policy of its own, runs nothing, submits nothing, and is
 * no page of this server's to whatever is in it. Its links leave it.
 */
const SANDBOX =
  "default-src 'none'; img-src 'self' http: https: data:; style-src 'unsafe-inline'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'none'; " +
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation'

/** The mail in the browser: made again of its message, as it is stored now. After an erasure there is none. */
export function addViewRoute(
  shell: LinkShell,
  { renderMessage, linksOf }: { renderMessage: RenderMessage; linksOf: MakeMailLinks },
): void {
  shell.on('GET', 'v', 'view', async ({ context, message, settings, show, words }) => {
    // Whoever was shown its address may be reading: no click of theirs says whose browser it is.
    const links = { urls: linksOf(message, settings).shared, link: (url: string) => url }
    let mail
    try {
      mail = await renderMessage(message, settings, links)
    } catch {
      const { goneTitle: title, goneText: text } = words
      return show({ title, body: noticeBody({ title, text }) }, 410)
    }
    context.header('content-security-policy', SANDBOX)
    context.header('cache-control', 'no-store')
    context.header('referrer-policy', 'no-referrer')
    context.header('x-robots-tag', 'noindex')
    return context.html(mail.html)
  })
}

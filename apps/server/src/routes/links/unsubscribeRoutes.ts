import { EVENT_NAMES, type Topic } from '@ciclo/engine'
import { html } from 'hono/html'
import { referenceTo } from '../../mail/mailLinks.ts'
import { noticeBody } from '../../pages/noticeBody.ts'
import type { Html } from '../../pages/page.ts'
import { topicName } from '../../pages/topicName.ts'
import type { Linked, LinkShell, LinkShellOptions } from './linkShell.ts'
import { readForm } from './readForm.ts'
import { standingOf, type Standing } from './standingOf.ts'

/** How long a slip can be taken back: milliseconds. */
const UNDO_LIFE = 15 * 60_000

/** `isShared`: by the mail as a page, whose reader may be anybody. They can leave, and say nothing else. */
type Left = Linked & { isShared?: true }

/** What the mail was about, of the topics that the shop has today. */
const topicOf = ({ message, settings }: Linked): Topic | undefined =>
  settings.topics.find(({ id }) => id === message.topic)

const inTopic = (text: string, { locale, settings }: Linked, topic: Topic) =>
  text.replace('{topic}', topicName(topic, locale, settings.locale))

const onlyTopic = (linked: Linked, topic: Topic): Html =>
  html`<p>${linked.words.topicText}</p>
    <form method="post">
      <input type="hidden" name="only" value="${topic.id}" />
      <button type="submit" class="quiet">${inTopic(linked.words.topicButton, linked, topic)}</button>
    </form>`

/**
 * Unsubscribe, by the link of a mail or by its reader's mail program (RFC 8058): a GET only shows the page, and a POST
 * counts with whatever body, without a cookie, and is answered 200, never by a redirect.
 */
export function addUnsubscribeRoutes(
  shell: LinkShell,
  { store, tokens, now }: Pick<LinkShellOptions, 'store' | 'tokens' | 'now'>,
): void {
  const preferencesLink = ({ message, words, isShared }: Left): Html | '' => {
    if (isShared) return ''
    const token = tokens.sign('preferences', referenceTo(message))
    return html`<p><a href="/p/${token}">${words.choosePreferences}</a></p>`
  }

  /** A slip can be taken back by who was subscribed until now: nobody comes onto the list by it. */
  const undo = ({ message, words, isShared }: Left, before: Standing): Html | '' => {
    if (isShared || !before.isSubscribed || !before.mayAgree) return ''
    const token = tokens.sign('resubscribe', { ...referenceTo(message), x: now() + UNDO_LIFE })
    return html`<div class="also">
      <p>${words.undoText}</p>
      <form method="post" action="/r/${token}">
        <button type="submit" class="quiet">${words.undoButton}</button>
      </form>
    </div>`
  }

  const on = (method: 'GET' | 'POST', handler: (linked: Left) => Response | Promise<Response>) => {
    shell.on(method, 'u', 'unsubscribe', handler)
    shell.on(method, 'l', 'leave', (linked) => handler({ ...linked, isShared: true }))
  }

  on('GET', (linked) => {
    const { show, words } = linked
    const topic = topicOf(linked)
    const { unsubscribeTitle: title, unsubscribeText: text, unsubscribeButton: button } = words
    const more = html`<div class="also">
      ${topic ? onlyTopic(linked, topic) : ''} ${preferencesLink(linked)}
    </div>`
    return show({ title, body: noticeBody({ title, text, button, more }) })
  })

  on('POST', async (linked) => {
    const { context, show, words, message } = linked
    const topic = topicOf(linked)
    const form = await readForm(context.req.raw)
    const said = { method: 'link', address: message.address }
    if (topic && form.get('only') === topic.id) {
      await shell.record(linked, [EVENT_NAMES.unsubscribed, { ...said, topic: topic.id }])
      const title = inTopic(words.topicLeftTitle, linked, topic)
      const more = html`<div class="also">${preferencesLink(linked)}</div>`
      return show({ title, body: noticeBody({ title, text: words.topicLeftText, more }) })
    }
    const before = await standingOf(store, linked)
    await shell.record(linked, [EVENT_NAMES.unsubscribed, said])
    const { unsubscribedTitle: title, unsubscribedText: text } = words
    return show({ title, body: html`${noticeBody({ title, text })}${undo(linked, before)}` })
  })

  shell.on('POST', 'r', 'resubscribe', async (linked) => {
    const { show, words, message, payload } = linked
    const { mayAgree } = await standingOf(store, linked)
    if (now() > payload.x || !mayAgree) {
      const { expiredTitle: title, expiredText: text } = words
      return show({ title, body: noticeBody({ title, text }) }, 410)
    }
    const text = `${words.undoText} ${words.undoButton}`
    await shell.record(linked, [
      EVENT_NAMES.subscribed,
      { method: 'unsubscribe-undone', address: message.address, text },
    ])
    const { undoneTitle: title, undoneText } = words
    const more = html`${preferencesLink(linked)}`
    return show({ title, body: noticeBody({ title, text: undoneText, more }) })
  })
}

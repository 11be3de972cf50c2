import PostalMime, { type Email } from 'postal-mime'
import { z } from 'zod'

export interface MailboxMail {
  /** When it arrived, by the server's clock, epoch milliseconds. */
  at: number
  /** Of its `Feedback-ID`. */
  template: string
  purpose: string
  email: Email
  /** Its subject and text part in one line of single spaces, without the addresses of its links. */
  words: string
}

/** The embedded mailbox as the demo shows it. */
export interface MailboxReader {
  /** All mails, in the order of arrival; throws where there are more than the mailbox lists. */
  all(): Promise<MailboxMail[]>
  /** Where the links of its HTML lead. Links of our own that only redirect are followed, as a machine would. */
  linksOf(mail: MailboxMail): Promise<string[]>
}

const LISTED = 200
const ListSchema = z.object({ messages: z.array(z.object({ id: z.string() })) })

export function createMailboxReader(url: string): MailboxReader {
  const known = new Map<string, MailboxMail>()

  const read = async (id: string): Promise<MailboxMail> => {
    const email = await PostalMime.parse(await (await fetch(`${url}/mailbox/${id}/raw`)).arrayBuffer())
    const feedback = email.headers.find(({ key }) => key === 'feedback-id')?.value ?? ''
    const [template = '', purpose = ''] = feedback.split(':')
    const words = `${email.subject}\n${email.text}`.replace(/<?https?:\/\/\S+/g, '').replace(/\s+/g, ' ')
    return { at: Number(id.split('-')[0]), template, purpose, email, words }
  }

  const targetOf = async (link: string): Promise<string> => {
    if (!link.startsWith(`${url}/c/`)) return link
    const answer = await fetch(link, { method: 'HEAD', redirect: 'manual', headers: { 'user-agent': '' } })
    return answer.headers.get('location') ?? link
  }

  return {
    all: async () => {
      const { messages } = ListSchema.parse(await (await fetch(`${url}/mailbox/messages`)).json())
      if (messages.length >= LISTED) throw new Error(`The mailbox lists ${LISTED} mails, and may have more`)
      for (const { id } of messages) if (!known.has(id)) known.set(id, await read(id))
      return [...known.values()].toSorted((one, other) => one.at - other.at)
    },
    linksOf: async ({ email }) => {
      const links = [...(email.html ?? '').matchAll(/\shref="([^"]+)"/g)].map(([, link = '']) =>
        link.replaceAll('&amp;', '&'),
      )
      return await Promise.all([...new Set(links)].map(targetOf))
    },
  }
}

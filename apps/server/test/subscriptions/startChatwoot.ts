import { startReceiver } from '../webhooks/startReceiver.ts'

interface Contact {
  id: number
  name: string
  email?: string
  identifier: string
  contact_inboxes: { source_id: string; inbox: { id: number } }[]
}

/**
 * A server that answers as the application API of Chatwoot is documented to
 * (https://developers.chatwoot.com/api-reference): contacts, their places in inboxes, conversations, messages.
 */
export async function startChatwoot({ token, inbox }: { token: string; inbox: number }) {
  const receiver = await startReceiver()
  const contacts: Contact[] = []
  const conversations: { id: number; inbox_id: number; status: string; contactId: number }[] = []
  const messages: { conversation: number; content: string; private: boolean; message_type: string }[] = []

  const routes: [
    method: string,
    path: RegExp,
    answer: (found: string[], body: never, query: URLSearchParams) => unknown,
  ][] = [
    [
      'GET',
      /^\/contacts\/search$/,
      (_found, _body, query) => {
        const wanted = query.get('q') ?? ''
        const payload = contacts.filter(({ email, identifier }) =>
          [email, identifier].some((text) => text?.includes(wanted)),
        )
        return { meta: { count: payload.length, current_page: 1 }, payload }
      },
    ],
    [
      'POST',
      /^\/contacts$/,
      (_found, body: { name: string; email?: string; identifier: string; inbox_id: number }) => {
        if (contacts.some(({ email }) => email !== undefined && email === body.email)) return undefined
        const place = { source_id: `source-${contacts.length + 1}`, inbox: { id: body.inbox_id } }
        const { inbox_id: _inbox, ...rest } = body
        const contact = { id: contacts.length + 1, ...rest, contact_inboxes: [place] }
        contacts.push(contact)
        return { payload: { contact, contact_inbox: place } }
      },
    ],
    [
      'POST',
      /^\/contacts\/(\d+)\/contact_inboxes$/,
      ([id], body: { inbox_id: number }) => {
        const place = { source_id: `added-${id}`, inbox: { id: body.inbox_id } }
        contacts.find((one) => one.id === Number(id))?.contact_inboxes.push(place)
        return place
      },
    ],
    [
      'GET',
      /^\/contacts\/(\d+)\/conversations$/,
      ([id]) => ({ payload: conversations.filter(({ contactId }) => contactId === Number(id)) }),
    ],
    [
      'POST',
      /^\/conversations$/,
      (_found, body: { source_id?: string; inbox_id: number; contact_id: number; status: string }) => {
        const contact = contacts.find(({ id }) => id === body.contact_id)
        const isPlaced = contact?.contact_inboxes.some(
          ({ source_id: source, inbox: { id } }) => source === body.source_id && id === body.inbox_id,
        )
        if (!isPlaced) return undefined
        const one = {
          id: conversations.length + 1,
          inbox_id: body.inbox_id,
          status: body.status,
          contactId: body.contact_id,
        }
        conversations.push(one)
        return { id: one.id, account_id: 7, inbox_id: one.inbox_id }
      },
    ],
    [
      'POST',
      /^\/conversations\/(\d+)\/messages$/,
      ([id], body: { content: string; private: boolean; message_type: string }) => {
        messages.push({ conversation: Number(id), ...body })
        return { id: messages.length, content: body.content }
      },
    ],
  ]

  receiver.answer = ({ method, path, headers, body }, response) => {
    const { pathname, searchParams } = new URL(path, receiver.url)
    const say = (status: number, value: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (headers['api_access_token'] !== token) return say(401, { error: 'Invalid Access Token' })
    const prefix = '/api/v1/accounts/7'
    const below = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : ''
    for (const [wanted, pattern, answer] of routes) {
      const found = wanted === method ? pattern.exec(below) : null
      if (!found) continue
      const answered = answer(
        found.slice(1),
        (body === '' ? undefined : JSON.parse(body)) as never,
        searchParams,
      )
      return answered === undefined ? say(422, { message: 'invalid' }) : say(200, answered)
    }
    return say(404, { error: 'Resource could not be found' })
  }
  return {
    ...receiver,
    url: receiver.url,
    inbox,
    contacts,
    conversations,
    messages,
    received: receiver.received,
  }
}

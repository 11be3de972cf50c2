import { z } from 'zod'
import type { PostWebhook, WebhookAnswer } from '../../webhooks/postWebhook.ts'

export interface ConversationOptions {
  post: PostWebhook
  /** Of the tool itself, such as https://app.chatwoot.com. */
  url: string
  /** Of an agent or an agent bot. */
  token: string
  account: number
  inbox: number
}

export interface ConversationWith {
  /** What the tool knows the customer by that is not their address. */
  identifier: string
  name: string | null
  email: string | null
}

const ContactInboxesSchema = z
  .array(z.object({ source_id: z.string(), inbox: z.object({ id: z.int() }) }))
  .default([])
const ContactSchema = z.object({
  id: z.int(),
  email: z.string().nullish(),
  identifier: z.string().nullish(),
  contact_inboxes: ContactInboxesSchema.nullish().transform((inboxes) => inboxes ?? []),
})
const FoundSchema = z.object({ payload: z.array(ContactSchema) })
const CreatedSchema = z.object({ payload: z.object({ contact: ContactSchema }) })
const SourceSchema = z.object({ source_id: z.string() })
const ConversationsSchema = z.object({
  payload: z.array(z.object({ id: z.int(), inbox_id: z.int(), status: z.string() })),
})
const ConversationSchema = z.object({ id: z.int() })

/** A search answers with whole contacts. */
const MOST_READ = 1024 * 1024

/** An answer that ends the conversation with the tool: what it was is what is told of the attempt. */
class Ended extends Error {
  readonly answer: WebhookAnswer
  constructor(answer: WebhookAnswer) {
    super('ended')
    this.answer = answer
  }
}

/**
 * Puts a note that only agents see into the customer's conversation in a Chatwoot inbox, and opens one where there is
 * none open: contact, its place in the inbox, conversation, message, by the application API
 * (https://developers.chatwoot.com/api-reference). Said again after a crash it finds the contact and the conversation
 * of before. The answer is that of the last request, or of the one that failed.
 */
export async function openConversation(
  { post, url, token, account, inbox }: ConversationOptions,
  customer: ConversationWith,
  note: string,
): Promise<WebhookAnswer> {
  const base = `${url.replace(/\/+$/, '')}/api/v1/accounts/${account}`
  const ask = async <T>(
    method: 'GET' | 'POST',
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
  ): Promise<T> => {
    const answer = await post({
      method,
      url: base + path,
      headers: { api_access_token: token },
      body: body === undefined ? '' : JSON.stringify(body),
      mostRead: MOST_READ,
    })
    if (answer.kind !== 'answered' || answer.status < 200 || answer.status >= 300) throw new Ended(answer)
    try {
      return schema.parse(JSON.parse(answer.text))
    } catch {
      throw new Ended({ kind: 'unanswered', reason: `${path}: the answer is none of a Chatwoot API` })
    }
  }

  const { identifier, name, email } = customer
  const find = async () => {
    const { payload } = await ask(
      'GET',
      `/contacts/search?q=${encodeURIComponent(email ?? identifier)}`,
      FoundSchema,
    )
    return payload.find((one) =>
      email === null ? one.identifier === identifier : one.email?.toLowerCase() === email,
    )
  }
  const create = async () => {
    const { payload } = await ask('POST', '/contacts', CreatedSchema, {
      inbox_id: inbox,
      identifier,
      name: name ?? email ?? identifier,
      ...(email === null ? {} : { email }),
    })
    return payload.contact
  }

  try {
    const contact = (await find()) ?? (await create())
    const { payload: conversations } = await ask(
      'GET',
      `/contacts/${contact.id}/conversations`,
      ConversationsSchema,
    )
    const open = conversations.find((one) => one.inbox_id === inbox && one.status !== 'resolved')
    const openNew = async () => {
      const place =
        contact.contact_inboxes.find((one) => one.inbox.id === inbox) ??
        (await ask('POST', `/contacts/${contact.id}/contact_inboxes`, SourceSchema, { inbox_id: inbox }))
      return await ask('POST', '/conversations', ConversationSchema, {
        source_id: place.source_id,
        inbox_id: inbox,
        contact_id: contact.id,
        status: 'open',
      })
    }
    const { id } = open ?? (await openNew())
    await ask('POST', `/conversations/${id}/messages`, ConversationSchema, {
      content: note,
      message_type: 'outgoing',
      private: true,
    })
    return { kind: 'answered', status: 200, retryAfter: undefined, text: `conversation ${id}` }
  } catch (error) {
    if (error instanceof Ended) return error.answer
    throw error
  }
}

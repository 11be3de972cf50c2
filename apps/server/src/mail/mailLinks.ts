import type { Settings } from '@ciclo/engine'
import type { TemplateData } from '@ciclo/templates'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { MessageReference, Tokens } from '../tokens.ts'

/** The addresses in one message: our own pages, and the way that its links take. */
export interface MailLinks {
  urls: TemplateData['urls']
  /** Called with each address that the mail links to; what it returns stands in the mail. */
  link: (url: string) => string
}

/** And those of the mail as a page, whose reader may be anybody: none of them speaks for the customer, but to leave. */
export interface MessageLinks extends MailLinks {
  shared: TemplateData['urls']
}

export interface MailLinksOptions {
  tokens: Tokens
  /** Ciclo's own address, without a slash at the end. */
  publicUrl: () => string
}

type LinkedMessage = Pick<OutboxMessage, 'workspaceId' | 'id' | 'mailId' | 'purpose' | 'createdAt'>

/** How a token names a message. */
export const referenceTo = ({
  workspaceId,
  id,
  mailId,
}: Pick<OutboxMessage, 'workspaceId' | 'id' | 'mailId'>): MessageReference =>
  mailId === null ? { w: workspaceId, m: id } : { mail: mailId }

type OwnUrl = keyof TemplateData['urls']

/** An object whose values are made when somebody asks for them: a template shows two or three of our pages. */
function lazily(makers: Partial<Record<OwnUrl, () => string>>): TemplateData['urls'] {
  const urls: TemplateData['urls'] = {}
  for (const [name, make] of Object.entries(makers)) {
    let made: string | undefined
    Object.defineProperty(urls, name, { enumerable: true, get: () => (made ??= make()) })
  }
  return urls
}

/**
 * Makes the addresses of messages. Every one of them has its message's own token, so that what it does is known to be
 * for that customer; where a click leads is in the token, too, and nobody else can write one.
 */
export function createMailLinks({ tokens, publicUrl }: MailLinksOptions) {
  return (message: LinkedMessage, settings: Pick<Settings, 'optInExpiry' | 'openTracking'>): MessageLinks => {
    const base = publicUrl()
    const reference = referenceTo(message)
    const own =
      (kind: 'unsubscribe' | 'leave' | 'preferences' | 'view' | 'survey' | 'open', path: string) => () =>
        `${base}/${path}/${tokens.sign(kind, reference)}`
    // By the message, not by the clock: made again, its link is no younger.
    const confirm = () =>
      `${base}/confirm/${tokens.sign('confirm', { ...reference, x: message.createdAt + settings.optInExpiry })}`
    const everywhere = { viewInBrowser: own('view', 'v'), survey: own('survey', 's') }
    const isMarketing = message.purpose === 'marketing'
    return {
      urls: lazily(
        isMarketing
          ? {
              ...everywhere,
              unsubscribe: own('unsubscribe', 'u'),
              preferences: own('preferences', 'p'),
              ...(settings.openTracking === 'off' ? {} : { open: own('open', 'o') }),
            }
          : { ...everywhere, confirm },
      ),
      shared: lazily({
        survey: everywhere.survey,
        ...(isMarketing ? { unsubscribe: own('leave', 'l') } : {}),
      }),
      link: (url) => `${base}/c/${tokens.sign('click', { ...reference, u: url })}`,
    }
  }
}

export type MakeMailLinks = ReturnType<typeof createMailLinks>

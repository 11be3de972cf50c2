import type { Settings } from '@ciclo/engine'
import type { RenderedMail } from '@ciclo/templates'
import type { ReadVariantStrings } from '../campaigns/readVariantStrings.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { MailLinks } from './mailLinks.ts'
import type { ReadMailData } from './readMailData.ts'
import type { TemplateCache } from './templateCache.ts'

export interface RenderMessageOptions {
  templates: TemplateCache
  readMailData: ReadMailData
  /** What a message's campaign words otherwise than its template; where there are no campaigns, nothing. */
  readVariantStrings?: ReadVariantStrings
  /** The shop's address where the workspace has not said its own. */
  shopUrl: () => string
}

export interface RenderMessage {
  (message: OutboxMessage, settings: Settings, links: MailLinks): Promise<RenderedMail>
}

/** Makes subject, HTML and text of a message, for its mail and for its page. Throws where a datum of it is broken. */
export function createRenderMessage({
  templates,
  readMailData,
  readVariantStrings,
  shopUrl,
}: RenderMessageOptions): RenderMessage {
  return async (message, settings, { urls, link }) => {
    const { workspaceId, template } = message
    const locale = message.locale ?? settings.locale
    const language = await templates.languageOf(workspaceId, template, [locale, settings.locale])
    const kinds = await templates.recommendedKinds(workspaceId, template)
    return await templates.render(workspaceId, template, {
      locale,
      settings,
      data: {
        ...(await readMailData(message, settings, { locale, language }, kinds)),
        shop: { ...settings.shop, url: settings.shop.url || shopUrl() },
        urls,
        purpose: message.purpose,
      },
      strings: await readVariantStrings?.(message),
      link,
    })
  }
}

import type { TemplateData } from '@ciclo/templates'
import type { Purpose } from '@ciclo/engine'
import type { MailLinks } from './mailLinks.ts'

/**
 * The addresses in a mail that is shown to the shop: none of them has a token, so that whoever follows one is nobody's
 * click and leaves no list, and there is no pixel.
 *
 * @param base Ciclo's own address, without a slash at the end
 */
export function inertLinks(base: string, purpose: Purpose): MailLinks {
  const everywhere: TemplateData['urls'] = {
    viewInBrowser: `${base}/v/preview`,
    survey: `${base}/s/preview`,
  }
  return {
    urls:
      purpose === 'marketing'
        ? { ...everywhere, unsubscribe: `${base}/u/preview`, preferences: `${base}/p/preview` }
        : { ...everywhere, confirm: `${base}/confirm/preview` },
    link: (url) => url,
  }
}

import { hasUnsubscribe } from '../check/checkRendered.ts'
import type { CompiledTemplate } from '../compiledTemplate.ts'
import { renderTemplate, type RenderedMail, type RenderRequest } from '../renderTemplate.ts'
import { TemplateError } from '../templateError.ts'

/** Characters of a mail and of all its addresses: more than any needs, and little to whoever it is given to. */
const MOST_CHARACTERS = 1_000_000

/**
 * Renders what nobody has looked at as we look at our own: no marketing without a link to unsubscribe by, and nothing
 * that is larger than mails are.
 *
 * @param links the addresses that `link` is given, filled while it renders
 */
export function renderGuarded(
  template: CompiledTemplate,
  request: RenderRequest,
  links: readonly string[],
): RenderedMail {
  const mail = renderTemplate(template, request)
  const place = { template: template.name, locale: mail.locale }
  const parts = [mail.subject, mail.preheader, mail.html, mail.text, ...links]
  const size = parts.reduce((sum, { length }) => sum + length, 0)
  if (size > MOST_CHARACTERS) {
    const problem = `the mail has ${size} characters; expected at most ${MOST_CHARACTERS}`
    throw new TemplateError('limit-exceeded', place, problem)
  }
  if (request.data.purpose === 'marketing' && !hasUnsubscribe(mail, request.data)) {
    const problem =
      'marketing mail without a link to unsubscribe by; expected href="{{ urls.unsubscribe }}" in it'
    throw new TemplateError('unsubscribe-missing', place, problem)
  }
  return mail
}

import { loadShippedTemplates, type RenderedMail } from '../../src/index.ts'
import { keyOf } from './seenMails.ts'
import type { ShippedMail } from './shippedMails.ts'
import { textProblems } from './textProblems.ts'
import { untranslated } from './untranslated.ts'

/** What a reader of the text parts would stumble over, in mails that show all that they can and in those that show nothing. */
export async function wordProblems(mails: readonly ShippedMail[]): Promise<string[]> {
  const sources = await loadShippedTemplates()
  const keys = new Set(sources.flatMap(({ strings }) => Object.keys(strings.en)))
  return mails.flatMap((mail) => {
    const english = mails.find(({ name, locale }) => name === mail.name && locale === 'en')
    if (english === undefined) return [`${keyOf(mail)} is not there in English`]
    const look = (kind: string, part: RenderedMail, inEnglish: RenderedMail) =>
      [...textProblems(part), ...untranslated(part, inEnglish, keys)].map(
        (one) => `${keyOf(mail)}${kind}: ${one}`,
      )
    return [...look('', mail, english), ...look(', with nothing to show', mail.bare, english.bare)]
  })
}

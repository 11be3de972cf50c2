import type { RenderedMail } from '../../src/index.ts'

/** What is the same in every language: names, codes, numbers and addresses of the story. */
const SAME =
  /casa luna|calle mayor|28013 madrid|aleksandra|długa|warszawa|DHL|luna-|^[\W\d]*$|^(?:instagram|tiktok|pinterest)$/i

const linesOf = ({ subject, preheader, text }: RenderedMail): string[] =>
  [subject, preheader, ...text.split('\n')]
    .map((line) => line.replace(/<?https?:\S+>?/g, '').trim())
    .filter((line) => line !== '')

/** Lines of a mail that read just as its English version does, and what looks like the key of a string. */
export function untranslated(mail: RenderedMail, english: RenderedMail, keys: ReadonlySet<string>): string[] {
  const lines = linesOf(mail)
  const shownKeys = lines
    .flatMap((line) => line.split(/[^\w]+/))
    .filter((word) => /[a-z][A-Z]/.test(word) && keys.has(word))
  if (mail.locale === english.locale) return shownKeys
  const inEnglish = new Set(linesOf(english))
  return [...shownKeys, ...lines.filter((line) => inEnglish.has(line) && !SAME.test(line))]
}

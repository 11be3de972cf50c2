import type { RenderedMail } from '../../src/index.ts'

/** What may be on a line of its own with nothing to say. */
const EMPTY = /^[\s\p{P}\p{S}]+$/u

/** A URL stands alone on its line, or after what it leads to as `label <URL>`. */
const LINK_LINE = /^(?:https?:\S+|[^<>]*\S <https?:[^\s<>]+>)$/

/** What a person who reads the text part would stumble over, one line each. */
export function textProblems({ subject, preheader, text }: RenderedMail): string[] {
  const problems: string[] = []
  const report = (what: string, where: string) => problems.push(`${what}: ${JSON.stringify(where)}`)
  for (const line of [subject, preheader, ...text.split('\n')]) {
    if (line === '') continue
    const words = line.replace(/<https?:[^<>]*>/g, '').replace(/https?:\S+/g, '')
    if (/<\/?[a-z][^>]*>?|&(?:[a-z]+|#\d+);/i.test(words)) report('HTML', line)
    if (/\{\{|\}\}|\{%|%\}|undefined|\[object/.test(line)) report('Liquid', line)
    if (/\( *\)|\[ *\]|< *>|"" |„”|«»/.test(words)) report('empty brackets', line)
    if (/[\u034f\u200b-\u200f\u00ad]/.test(line)) report('invisible characters', line)
    if (EMPTY.test(line)) report('nothing but signs', line)
    if (/^\s|\s$|\S {2,}\S/.test(line)) report('stray blanks', line)
    if (/\s[,.;:!?](?:\s|$)/.test(words) && !words.endsWith(' …')) report('a blank before a sign', line)
    if (/https?:/.test(line) && !LINK_LINE.test(line)) report('a link in the middle of a line', line)
  }
  if (/\n{3}/.test(text)) report('a gap', text.slice(text.search(/\n{3}/) - 40).slice(0, 80))
  return problems
}

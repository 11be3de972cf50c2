/** What people in a chat tool are told of a customer. All of it but the labels and the link is text of others. */
export interface ChatMessage {
  /** The event's name. */
  title: string
  facts: readonly { label: string; value: string }[]
  link: { label: string; url: string }
}

const LONGEST = 300

/**
 * Text of others in one line, of bounded length, that mentions nobody: `@channel` is a word like any other when
 * something that takes no room stands behind the sign. Inside an address nothing is changed.
 */
export const plainLine = (text: string): string => {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const cut = Array.from(line)
  return (cut.length > LONGEST ? `${cut.slice(0, LONGEST - 1).join('')}…` : line).replaceAll(
    /(?<![\p{L}\p{N}._+-])@/gu,
    '@\u200B',
  )
}

/** As code, in which no tool makes a link, a mention or markup of anything. */
export const asCode = (text: string): string => `\`${plainLine(text).replaceAll('`', "'") || ' '}\``

import { asCode, type ChatMessage } from './chatMessage.ts'

/** https://docs.slack.dev/messaging/formatting-message-text: these three are Slack's own. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A section holds 3,000 characters. */
const LONGEST_SECTION = 2_900

/** Lines together, as many as a section holds: a line of 300 characters has 1,500 at the most when it is escaped. */
function packed(lines: readonly string[]): string[] {
  const sections: string[] = []
  for (const line of lines) {
    const last = sections.at(-1)
    if (last !== undefined && last.length + 1 + line.length <= LONGEST_SECTION)
      sections[sections.length - 1] = `${last}\n${line}`
    else sections.push(line)
  }
  return sections
}

/** `verbatim`: Slack makes links of nothing by itself. */
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })

/**
 * What an incoming webhook of Slack takes (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks):
 * `text` for notifications, blocks for the channel.
 */
export function slackMessage({ title, facts, link }: ChatMessage): Record<string, unknown> {
  const heading = escaped(asCode(title))
  const lines = facts.map(({ label, value }) => `*${label}:* ${escaped(asCode(value))}`)
  return {
    text: heading,
    blocks: [`*${heading}*`, ...packed(lines), `<${link.url}|${link.label}>`].map(section),
    unfurl_links: false,
    unfurl_media: false,
  }
}

import { asCode, type ChatMessage } from './chatMessage.ts'

/** In the Markdown that Mattermost, Rocket.Chat and Chatwoot have in common. */
export const markdownText = ({ title, facts, link }: ChatMessage): string =>
  [
    `**${asCode(title)}**`,
    '',
    ...facts.map(({ label, value }) => `- ${label}: ${asCode(value)}`),
    '',
    `[${link.label}](${link.url})`,
  ].join('\n')

/**
 * What incoming webhooks of Mattermost (https://developers.mattermost.com/integrate/webhooks/incoming) and Rocket.Chat
 * (https://docs.rocket.chat/docs/integrations) take.
 */
export const mattermostMessage = (message: ChatMessage): Record<string, unknown> => ({
  text: markdownText(message),
})

import { plainLine, type ChatMessage } from './chatMessage.ts'

const run = (text: string, more: Record<string, unknown> = {}) => ({ type: 'TextRun', text, ...more })
const block = (...inlines: unknown[]) => ({ type: 'RichTextBlock', inlines })

/**
 * What a Teams workflow takes that begins with a webhook request: a message with one adaptive card
 * (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using). Runs of a
 * `RichTextBlock` know no Markdown (https://adaptivecards.io/explorer/TextRun.html).
 */
export function teamsMessage({ title, facts, link }: ChatMessage): Record<string, unknown> {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(run(plainLine(title) || ' ', { weight: 'Bolder', size: 'Medium' })),
            ...facts.map(({ label, value }) =>
              block(run(`${label}: `, { weight: 'Bolder' }), run(plainLine(value) || ' ')),
            ),
          ],
          actions: [{ type: 'Action.OpenUrl', title: link.label, url: link.url }],
        },
      },
    ],
  }
}

import type { MailSender } from './mailSender.ts'
import type { TestMail } from './sendTest.ts'

const inHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The mail by which a sender is tried out. */
export function writtenTest({ id, purpose, from, dkim }: MailSender, to: string): TestMail {
  const lines = [
    `This is a test of the sender "${id}" for ${purpose} mail.`,
    `It comes from ${from.address}${dkim ? `, signed for ${dkim.domain} as ${dkim.selector}` : ''}.`,
    'Look at its source: the receiver has noted there whether SPF, DKIM and DMARC passed (Authentication-Results).',
  ]
  return {
    to,
    subject: `Sender ${id}`,
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sender ${inHtml(id)}</title></head><body>${lines
      .map((line) => `<p>${inHtml(line)}</p>`)
      .join('')}</body></html>`,
  }
}

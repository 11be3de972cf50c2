import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asCode, plainLine, type ChatMessage } from '../../src/subscriptions/chat/chatMessage.ts'
import { mattermostMessage } from '../../src/subscriptions/chat/markdownMessage.ts'
import { slackMessage } from '../../src/subscriptions/chat/slackMessage.ts'
import { teamsMessage } from '../../src/subscriptions/chat/teamsMessage.ts'

/** Printed with a counterexample, by which it can be run again. */
const SEED = 20_261_123

const HOSTILE = '<!channel> <http://evil.example|click> @here `x` *b* [a](http://evil.example)\n> quote & co'

const message: ChatMessage = {
  title: HOSTILE,
  facts: [
    { label: 'E-mail', value: 'ann@shop.example' },
    { label: 'Note', value: HOSTILE },
    ...Array.from({ length: 12 }, (_, index) => ({ label: `f${index}`, value: '&'.repeat(1_000) })),
  ],
  link: { label: 'Open', url: 'https://ciclo.shop.example/customers/c1' },
}

describe('messages to chat tools', () => {
  it.each([
    ['an address stays what it is', 'ann@shop.example', 'ann@shop.example'],
    ['a mention is none', '@channel and @here', '@\u200Bchannel and @\u200Bhere'],
    ['lines become one', 'a\r\nb\u2028c\u0000d', 'a b c d'],
    ['what turns the direction of text goes', 'a\u202Eb', 'a b'],
  ])('%s', (_name, given, expected) => {
    expect(plainLine(given)).toBe(expected)
  })

  it('nobody gets out of the code that their text stands in', () => {
    expect(asCode('a ` b `` c')).toBe("`a ' b '' c`")
    expect(asCode('')).toBe('` `')
    expect(Array.from(asCode('x'.repeat(5_000)))).toHaveLength(302)
  })

  it('whatever somebody writes stays in its code, in one line, and calls nobody', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '@', ' ', 'a', '\n', '<', '>', '*', '\u202e', '\\', '.') }),
        (text) => {
          const code = asCode(text)
          expect(code).toMatch(/^`[^`\n]+`$/)
          expect(code).not.toMatch(/(^|[^\p{L}\p{N}._+-])@(?!\u200B)/u)
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('Slack gets no markup and no link but ours, in sections that it takes', () => {
    const { text, blocks } = slackMessage(message) as {
      text: string
      blocks: { type: string; text: { type: string; text: string; verbatim: boolean } }[]
    }
    const all = [text, ...blocks.map((block) => block.text.text)]
    expect(all.join('\n').match(/<[^>]*>/g)).toEqual(['<https://ciclo.shop.example/customers/c1|Open>'])
    expect(text).toContain('&lt;!channel&gt;')
    for (const block of blocks) {
      expect(block.text).toMatchObject({ type: 'mrkdwn', verbatim: true })
      expect(block.text.text.length).toBeLessThanOrEqual(3_000)
    }
    expect(blocks.length).toBeLessThanOrEqual(50)
  })

  it('Mattermost gets the text of others as code only', () => {
    const { text } = mattermostMessage(message) as { text: string }
    const outside = text.replaceAll(/`[^`]*`/g, '')
    expect(outside).not.toContain('evil')
    expect(outside).not.toContain('channel')
    expect(outside).toContain('[Open](https://ciclo.shop.example/customers/c1)')
  })

  it('Teams gets runs of text, which know no markup', () => {
    const card = JSON.stringify(teamsMessage(message))
    expect(card).not.toContain('"TextBlock"')
    expect(card).toContain('"Action.OpenUrl"')
    expect(card.match(/"url":"[^"]*"/g)).toEqual(['"url":"https://ciclo.shop.example/customers/c1"'])
  })
})

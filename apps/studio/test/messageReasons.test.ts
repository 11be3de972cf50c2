import { MESSAGE_REASONS } from '../../server/src/messageReasons.ts'
import { expect, it } from 'vitest'
import en from '../src/words/en/messages.json' with { type: 'json' }

type Words = Record<string, Record<string, { what: string; do: string }>>
const words: Words = en.reason

// What English has, every language has: words.test.ts sees to it.
it.each(Object.entries(MESSAGE_REASONS))(
  'Every reason beside %s is said in words, with what to do',
  (state, codes) => {
    const known = words[state] ?? {}
    const plain = ['queued', 'sending', 'sent'].includes(state) ? ['none'] : []
    expect(Object.keys(known).toSorted()).toEqual([...codes, ...plain].toSorted())
    for (const { what, do: help } of Object.values(known)) {
      expect(what).toMatch(/[.}]$/)
      expect(help).toMatch(/\.$/)
    }
  },
)

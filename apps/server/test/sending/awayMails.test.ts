import { expect, it } from 'vitest'
import { createAwayMails } from '../../src/loops/awayMails.ts'

it('a server that is away for a moment is asked soon, however many mails wait for another', () => {
  const mails = createAwayMails()
  for (let mail = 0; mail < 10_000; mail += 1) mails.dueAt('smtp://a', 1_000)
  expect(mails.dueAt('smtp://a', 1_000)).toBe(51_000)
  expect(mails.dueAt('smtp://b', 5_000)).toBe(5_000)
  expect(mails.dueAt('smtp://b', 5_000, true)).toBe(5_001)
  expect([mails.latest(['smtp://b']), mails.latest(['smtp://a', 'smtp://b'])]).toEqual([5_001, 51_001])
  mails.forget('smtp://a')
  expect(mails.servers()).toEqual(['smtp://b'])
  expect(mails.dueAt('smtp://a', 7_000)).toBe(7_000)
})

import { expect, it } from 'vitest'
import { mailboxOf } from '../src/mail/mailboxOf.ts'

it.each([
  ['ana@example.com', 'ana@example.com'],
  ['ana+shop@example.com', 'ana@example.com'],
  ['ana+shop+2@example.com', 'ana@example.com'],
  ['ana.ruiz@example.com', 'ana.ruiz@example.com'],
  ['ana.ruiz+x@gmail.com', 'anaruiz@gmail.com'],
  ['anaruiz@googlemail.com', 'anaruiz@gmail.com'],
  ['+1@example.com', '+1@example.com'],
])('mail to %s is counted for %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox)
})

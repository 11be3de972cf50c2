import { describe, expect, it } from 'vitest'
import { classifySmtpError } from '../src/mail/smtpFailure.ts'

const answer = (responseCode: number, response: string, command = 'RCPT TO') =>
  Object.assign(new Error(response), { responseCode, response, command })

describe('an SMTP failure', () => {
  it.each([
    ['an unknown mailbox is a bounce', answer(550, '550 5.1.1 User unknown'), 'bounce'],
    ['a bad domain is a bounce', answer(550, '550 5.1.2 Bad destination'), 'bounce'],
    ['a bare 550 at RCPT is a bounce', answer(550, '550 No such user'), 'bounce'],
    ['a bare 553 at RCPT is a bounce', answer(553, '553 mailbox name not allowed'), 'bounce'],
    ['a policy refusal is our own fault', answer(550, '550 5.7.1 Message rejected as spam'), 'refused'],
    ['a full mailbox is no bounce for ever', answer(552, '552 5.2.2 Mailbox full'), 'refused'],
    ['a refusal after DATA says nothing about the address', answer(554, '554 no', 'DATA'), 'refused'],
    ['greylisting is for later', answer(451, '451 4.7.1 Greylisted'), 'later'],
    ['421 is for later', answer(421, '421 Too many connections'), 'later'],
    [
      'a connection that breaks is for later',
      Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      'later',
    ],
  ])('%s', (_name, error, kind) => {
    expect(classifySmtpError(error).kind).toBe(kind)
  })
})

it('can be kept by every database, whatever bytes the server answers with', () => {
  const { response } = classifySmtpError(answer(550, `550 5.1.1 \u0000${'x'.repeat(488)}\u{1f600}`))
  expect(response).not.toContain('\u0000')
  expect(response.isWellFormed()).toBe(true)
})

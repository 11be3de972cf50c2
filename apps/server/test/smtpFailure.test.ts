import { describe, expect, it } from 'vitest'
import { classifySmtpError } from '../src/mail/smtpFailure.ts'

const answer = (responseCode: number, response: string, command = 'RCPT TO', code = 'EENVELOPE') =>
  Object.assign(new Error(response), { responseCode, response, command, code })
const broken = (code: string) => Object.assign(new Error('reset'), { code, command: 'CONN' })

describe('an SMTP failure', () => {
  it.each([
    ['an unknown mailbox is a bounce', answer(550, '550 5.1.1 User unknown'), 'bounce', 'hard'],
    ['a bad domain is a bounce', answer(550, '550 5.1.2 Bad destination'), 'bounce', 'hard'],
    ['an address that has moved is a bounce', answer(550, '550 5.1.6 Moved', 'DATA'), 'bounce', 'hard'],
    ['a bare 550 at RCPT is a bounce', answer(550, '550 No such user'), 'bounce', 'hard'],
    ['a bare 553 at RCPT is a bounce', answer(553, '553 mailbox name not allowed'), 'bounce', 'hard'],
    ['a block list is no bounce', answer(550, '550 Blocked by our block list'), 'refused', 'blocked'],
    ['a policy refusal is our own fault', answer(550, '550 5.7.1 Rejected as spam'), 'refused', 'blocked'],
    ['our own address is our own fault', answer(550, '550 5.1.8 Bad sender'), 'refused', 'blocked'],
    [
      'a relay that is not set up is our own fault',
      answer(550, '550 relay not permitted'),
      'refused',
      'blocked',
    ],
    ['what is prohibited is', answer(550, '550 Administrative prohibition'), 'refused', 'blocked'],
    [
      'our own address that nobody knows is',
      answer(
        550,
        '550-Verification failed for <news@shop.example>\n550-No Such User Here\n550 Sender verify failed',
      ),
      'refused',
      'blocked',
    ],
    ['our own name is', answer(550, '550 HELO name is no host'), 'refused', 'blocked'],
    [
      'an address of the internet is no code',
      answer(550, '550 Client host [192.5.1.10] refused'),
      'refused',
      'blocked',
    ],
    [
      'the words of an address or of a host are not the server’s',
      answer(550, '550 relay.mx.example: no such user <sender.relay+bulk@d.example>'),
      'bounce',
      'hard',
    ],
    ['a code that ends a sentence is one', answer(550, '550 Refused: 5.1.1.'), 'bounce', 'hard'],
    ['a full mailbox is no bounce for ever', answer(552, '552 5.2.2 Mailbox full'), 'refused', 'soft'],
    ['after DATA a bare code is no bounce', answer(554, '554 no', 'DATA'), 'refused', 'soft'],
    [
      'a sender that nobody wants waits until that is mended',
      answer(550, '550 5.7.1 Sender address rejected: not owned by user', 'MAIL FROM'),
      'unwelcome',
      'blocked',
    ],
    [
      'a mail that is too large is refused',
      answer(552, '552 5.3.4 Too big', 'MAIL FROM'),
      'refused',
      'blocked',
    ],
    ['greylisting is for later', answer(451, '451 4.7.1 Greylisted'), 'later', 'blocked'],
    ['a mailbox that is full for now is for later', answer(452, '452 4.2.2 Full'), 'later', 'soft'],
    ['421 is the server', answer(421, '421 4.7.0 Too many connections'), 'away', 'soft'],
    ['421 after the mail is the server', answer(421, '421 closing', 'DATA', 'EMESSAGE'), 'away', 'soft'],
    [
      'a wrong password is no fault of the mail',
      answer(535, '535 5.7.8 No', 'AUTH PLAIN', 'EAUTH'),
      'away',
      'soft',
    ],
    ['nor is a missing one', answer(530, '530 5.7.0 Must issue STARTTLS', 'AUTH', 'EAUTH'), 'away', 'soft'],
    ['nor a greeting that sends us away', answer(554, '554 No service', 'CONN', 'EPROTOCOL'), 'away', 'soft'],
    ['a connection that breaks is the server', broken('ESOCKET'), 'away', 'soft'],
    ['silence is the server', broken('ETIMEDOUT'), 'away', 'soft'],
    ['a name that cannot be found is the server', broken('EDNS'), 'away', 'soft'],
  ] as const)('%s', (_name, error, kind, meaning) => {
    expect(classifySmtpError(error)).toMatchObject({ kind, meaning })
  })
})

it('can be kept by every database, whatever bytes the server answers with', () => {
  const { response } = classifySmtpError(answer(550, `550 5.1.1 \u0000${'x'.repeat(488)}\u{1f600}`))
  expect(response).not.toContain('\u0000')
  expect(response.isWellFormed()).toBe(true)
})

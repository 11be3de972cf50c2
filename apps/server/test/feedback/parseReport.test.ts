import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bounceMeaningOf } from '../../src/feedback/bounceMeaning.ts'
import { headOf, parseReport } from '../../src/feedback/parseReport.ts'
import type { DeliveryStatus, Report } from '../../src/feedback/report.ts'
import { readSample, SAMPLE_VALUES, sampleNames } from './readSample.ts'

const ANN = SAMPLE_VALUES.RECIPIENT

type Told = [recipient: string | null, action: string, status: string | null, meaning: string | null]

const told = ({ finalRecipient, action, status, meaning }: DeliveryStatus): Told => [
  finalRecipient,
  action,
  status,
  meaning,
]

/** Every sample, and what it says. */
const DELIVERIES: Record<string, Told[]> = {
  'base64-parts': [[ANN, 'failed', '5.1.2', 'hard']],
  'exchange-not-found': [[ANN, 'failed', '5.1.10', 'hard']],
  'exim-unrouteable': [[ANN, 'failed', '5.0.0', 'hard']],
  'forwarded-elsewhere': [['somebody.else@forward.example', 'failed', '5.1.1', 'hard']],
  'gmail-not-found': [[ANN, 'failed', '5.1.1', 'hard']],
  'gmail-over-quota': [[ANN, 'failed', '4.2.2', 'soft']],
  'no-blank-lines': [
    ['other@example.com', 'failed', '5.2.2', 'soft'],
    [ANN, 'failed', '5.2.1', 'hard'],
  ],
  'office365-blocked': [[ANN, 'failed', '5.7.606', 'blocked']],
  'only-envelope': [[ANN, 'failed', '5.1.1', 'hard']],
  'postfix-delayed': [[ANN, 'delayed', '4.4.1', null]],
  'postfix-expired': [[ANN, 'failed', '4.4.1', 'soft']],
  'postfix-mailbox-full': [[ANN, 'failed', '5.2.2', 'soft']],
  'postfix-user-unknown': [[ANN, 'failed', '5.1.1', 'hard']],
  relayed: [[ANN, 'relayed', '2.1.5', null]],
  'sendmail-unknown': [[ANN, 'failed', '5.1.1', 'hard']],
  'several-recipients': [
    ['first@example.com', 'delayed', '4.2.2', null],
    ['somebody.else@forward.example', 'failed', '5.1.1', 'hard'],
    ['third@example.com', 'failed', '5.7.1', 'blocked'],
  ],
  'utf8-rfc6533': [['jõhn@пример.example', 'failed', '5.1.1', 'hard']],
}

const COMPLAINTS: Record<string, [type: string, recipients: string[]]> = {
  'arf-abuse': ['abuse', [ANN]],
  'arf-auth-failure': ['auth-failure', []],
  'arf-fraud': ['fraud', []],
  'arf-message-id': ['abuse', []],
  'arf-not-spam': ['not-spam', []],
  'arf-redacted': ['abuse', []],
}

const OTHERS: Record<string, Report['kind']> = {
  'a-person': 'unknown',
  'no-recipient': 'unknown',
  'old-auto-reply': 'auto-reply',
  'qmail-like': 'unknown',
  vacation: 'auto-reply',
}

const read = (name: string) => parseReport(readSample(name))

describe('a report that came back', () => {
  it('is read in every sample there is', () => {
    expect(sampleNames().toSorted()).toEqual(
      [...Object.keys(DELIVERIES), ...Object.keys(COMPLAINTS), ...Object.keys(OTHERS)].toSorted(),
    )
  })

  it.each(Object.entries(DELIVERIES))('says what became of the mail: %s', async (name, expected) => {
    const report = await read(name)
    expect(report.kind === 'delivery' && report.recipients.map(told)).toEqual(expected)
  })

  it.each(Object.entries(COMPLAINTS))('says that it is a complaint: %s', async (name, expected) => {
    const report = await read(name)
    expect(report.kind === 'complaint' && [report.feedbackType, report.recipients]).toEqual(expected)
  })

  it.each(Object.entries(OTHERS))('is no more than it is: %s', async (name, kind) => {
    expect((await read(name)).kind).toBe(kind)
  })

  it('points at the mail by its envelope sender, its Message-ID and its links', async () => {
    const { BOUNCE, MESSAGE_ID, UNSUBSCRIBE } = SAMPLE_VALUES
    for (const name of ['postfix-user-unknown', 'arf-abuse', 'base64-parts']) {
      const { pointers } = (await read(name)) as Extract<Report, { kind: 'delivery' }>
      expect(pointers.addresses, name).toContain(BOUNCE)
      expect(pointers.messageIds, name).toEqual([MESSAGE_ID])
      expect(pointers.unsubscribeTokens, name).toEqual([UNSUBSCRIBE])
    }
  })

  it('keeps what the server said in one line, and whom the mail was for at first', async () => {
    const report = await read('several-recipients')
    const [, second] = report.kind === 'delivery' ? report.recipients : []
    expect(second).toMatchObject({ originalRecipient: ANN, diagnostic: '550 5.1.1 unknown' })
    const gmail = await read('gmail-not-found')
    expect(gmail.kind === 'delivery' && gmail.recipients[0]?.diagnostic).toMatch(
      /^550-5\.1\.1 The email account .* 550 5\.1\.1 https/,
    )
  })
})

describe('what a refusal means', () => {
  it.each<[status: string | undefined, text: string, meaning: string]>([
    ['5.1.1', '', 'hard'],
    ['5.1.0', 'Address rejected', 'hard'],
    ['5.1.0', '550 blocked by policy', 'blocked'],
    ['5.1.6', 'mailbox has moved', 'hard'],
    ['5.1.7', 'bad sender address syntax', 'blocked'],
    ['5.1.8', 'sender domain has no MX', 'blocked'],
    ['5.2.0', '', 'soft'],
    ['5.2.1', 'disabled', 'hard'],
    ['5.2.2', 'full', 'soft'],
    ['4.2.2', 'full', 'soft'],
    ['5.2.3', 'too long', 'blocked'],
    ['5.3.0', 'other', 'soft'],
    ['5.3.4', 'too big', 'blocked'],
    // Our own resolver may be at fault: else a night without DNS would cost every address.
    ['5.4.4', 'Host not found', 'soft'],
    ['5.4.7', 'expired', 'soft'],
    ['5.5.2', 'syntax', 'blocked'],
    ['5.6.0', 'content', 'blocked'],
    ['5.7.1', 'User unknown', 'blocked'],
    ['5.7.26', 'unauthenticated mail', 'blocked'],
    ['4.7.0', 'try later', 'blocked'],
    ['4.1.1', 'unknown for now', 'soft'],
    ['5.0.0', '550 5.1.1 no such user', 'hard'],
    ['5.0.0', '550 no such user', 'hard'],
    ['5.0.0', '554 rejected as spam: user unknown', 'blocked'],
    ['5.0.0', '550 go away', 'soft'],
    ['4.0.0', '450 user unknown', 'soft'],
    [undefined, '552 mailbox for ann is full', 'soft'],
    [undefined, '550 Invalid recipient ann@example.com', 'hard'],
    [undefined, '', 'soft'],
  ])('%s %s: %s', (status, text, meaning) => {
    expect(bounceMeaningOf({ status, text })).toBe(meaning)
  })

  it('is never against the address where the code is of the class 5.7', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.string(), (detail, text) => {
        expect(bounceMeaningOf({ status: `5.7.${detail}`, text })).toBe('blocked')
      }),
    )
  })
})

describe('any bytes', () => {
  const samples = sampleNames().map((name) => readSample(name))

  it('are read without an error', async () => {
    const mangled = fc
      .record({
        sample: fc.constantFrom(...samples),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(400),
        put: fc.oneof(
          fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
          fc
            .constantFrom(
              '\r\n\r\n',
              '--=_report_1\r\n',
              'Final-Recipient: ',
              '\\x{110000}',
              '\0',
              '=?utf-8?q?',
              '@',
            )
            .map((text) => Buffer.from(text.repeat(5))),
        ),
      })
      .map(({ sample, at, cut, put }) => {
        const place = Math.floor(sample.length * at)
        return Buffer.concat([sample.subarray(0, place), put, sample.subarray(place + cut)])
      })
    const anything = fc.oneof(
      mangled,
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        const { kind } = await parseReport(bytes)
        expect(['delivery', 'complaint', 'auto-reply', 'unknown']).toContain(kind)
      }),
      { numRuns: 150 },
    )
  })

  it.each<[sentence: string, bytes: Buffer]>([
    ['lines without number', Buffer.from(`Content-Type: text/plain\r\n\r\n${'a\n'.repeat(3_000_000)}`)],
    [
      'parts without number',
      Buffer.from(`Content-Type: multipart/report; boundary=B\r\n\r\n${'--B\r\n\r\n'.repeat(500_000)}`),
    ],
    ['one line without end', Buffer.alloc(5_000_000, 0x61)],
    ['one header without end', Buffer.from(`To: ${'"(a@b,<'.repeat(700_000)}\r\n\r\n`)],
  ])('are not read beyond their beginning: %s', (_sentence, bytes) => {
    const head = headOf(bytes)
    expect(head.length).toBeLessThanOrEqual(128 * 1024)
    expect(head.filter((byte) => byte === 0x0a).length).toBeLessThanOrEqual(2_500)
  })

  it('have as many recipients as fit into a report at most', async () => {
    const many = Array.from(
      { length: 400 },
      (_, number) =>
        `Final-Recipient: rfc822; a${number}@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n`,
    )
    const raw = `Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n${many.join('')}--B--\r\n`
    const report = await parseReport(Buffer.from(raw))
    expect(report.kind === 'delivery' && report.recipients.length).toBe(100)
  })
})

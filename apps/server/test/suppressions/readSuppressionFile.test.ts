import { describe, expect, it } from 'vitest'
import { readSuppressionFile, type SuppressionReason } from '../../src/suppressions/readSuppressionFile.ts'

const at = (...parts: [number, number, number, number?, number?, number?]) => Date.UTC(...parts)

type Row = [address: string, reason: SuppressionReason, at: number | null, detail: string | null]

const rowsOf = (text: string, usual?: SuppressionReason): Row[] =>
  readSuppressionFile(text, usual).suppressions.map((one) => [one.address, one.reason, one.at, one.detail])

describe('a suppression list', () => {
  it.each<[from: string, text: string, rows: Row[]]>([
    [
      'Klaviyo, suppressed profiles',
      'Email,First Name,Suppression Reason,Timestamp\nann@example.com,Ann,HARD_BOUNCE,2026-01-02T03:04:05+00:00\nbob@example.com,Bob,SPAM_COMPLAINT,\neve@example.com,Eve,UNSUBSCRIBE,\nkim@example.com,Kim,USER_SUPPRESSED,\nliz@example.com,Liz,INVALID_EMAIL,\n',
      [
        ['ann@example.com', 'bounce', at(2026, 0, 2, 3, 4, 5), null],
        ['bob@example.com', 'complaint', null, null],
        ['eve@example.com', 'unsubscribed', null, null],
        ['kim@example.com', 'unsubscribed', null, null],
        ['liz@example.com', 'bounce', null, null],
      ],
    ],
    [
      'Mailchimp, cleaned',
      '"Email Address","First Name",MEMBER_RATING,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE\nann@example.com,Ann,2,"2026-01-02 03:04:05",Winter\n',
      [['ann@example.com', 'bounce', at(2026, 0, 2, 3, 4, 5), null]],
    ],
    [
      'Mailchimp, unsubscribed',
      'Email Address,UNSUB_TIME,UNSUB_REASON\nann@example.com,2026-01-02 03:04:05,NORMAL\n',
      [['ann@example.com', 'unsubscribed', at(2026, 0, 2, 3, 4, 5), 'NORMAL']],
    ],
    [
      'SendGrid, bounces',
      'status,reason,email,created\n5.1.1,"550 5.1.1 The email account, that you tried, does not exist",Ann@Example.com,1767323045\n',
      [
        [
          'ann@example.com',
          'bounce',
          at(2026, 0, 2, 3, 4, 5),
          '550 5.1.1 The email account, that you tried, does not exist',
        ],
      ],
    ],
    [
      'SendGrid, its API',
      '[{"created":1767323045,"email":"ann@example.com","reason":"550 5.1.1 no such user","status":"5.1.1"}]',
      [['ann@example.com', 'bounce', at(2026, 0, 2, 3, 4, 5), '550 5.1.1 no such user']],
    ],
    [
      'Mailgun, bounces',
      'address,code,error,created_at\nann@example.com,550,5.1.1 no such mailbox,"Fri, 02 Jan 2026 03:04:05 UTC"\n',
      [['ann@example.com', 'bounce', at(2026, 0, 2, 3, 4, 5), '5.1.1 no such mailbox']],
    ],
    [
      'Postmark, suppressions',
      '{"Suppressions":[{"EmailAddress":"ann@example.com","SuppressionReason":"HardBounce","Origin":"Recipient","CreatedAt":"2026-01-02T03:04:05-00:00"},{"EmailAddress":"bob@example.com","SuppressionReason":"SpamComplaint","Origin":"Recipient","CreatedAt":""},{"EmailAddress":"eve@example.com","SuppressionReason":"ManualSuppression","Origin":"Customer","CreatedAt":""}]}',
      [
        ['ann@example.com', 'bounce', at(2026, 0, 2, 3, 4, 5), null],
        ['bob@example.com', 'complaint', null, null],
        ['eve@example.com', 'unsubscribed', null, null],
      ],
    ],
    [
      'Amazon SES, its API',
      '{"SuppressedDestinationSummaries":[{"EmailAddress":"ann@example.com","Reason":"BOUNCE","LastUpdateTime":"2026-01-02T03:04:05Z"},{"EmailAddress":"bob@example.com","Reason":"COMPLAINT","LastUpdateTime":"2026-01-02T03:04:05Z"}]}',
      [
        ['ann@example.com', 'bounce', at(2026, 0, 2, 3, 4, 5), null],
        ['bob@example.com', 'complaint', at(2026, 0, 2, 3, 4, 5), null],
      ],
    ],
    [
      'Amazon SES, a file without heads',
      'ann@example.com,BOUNCE\nbob@example.com,COMPLAINT\n',
      [
        ['ann@example.com', 'bounce', null, null],
        ['bob@example.com', 'complaint', null, null],
      ],
    ],
    [
      'Ciclo, JSON lines',
      '{"address":"ann@example.com","reason":"bounce","at":"2026-01-02T03:04:05.000Z","detail":"550 5.1.1 unknown","hash":"x"}\n{"address":"bob@example.com","reason":"unsubscribed","at":"2026-01-02T03:04:05.000Z","detail":null,"hash":"y"}\n',
      [
        ['ann@example.com', 'bounce', at(2026, 0, 2, 3, 4, 5), '550 5.1.1 unknown'],
        ['bob@example.com', 'unsubscribed', at(2026, 0, 2, 3, 4, 5), null],
      ],
    ],
    [
      'Ciclo, CSV, with what a spreadsheet would run',
      "\uFEFFaddress,reason,at,detail,hash\r\n'=x@example.com,complaint,2026-01-02T03:04:05.000Z,,z\r\n",
      [['=x@example.com', 'complaint', at(2026, 0, 2, 3, 4, 5), null]],
    ],
    [
      'a German spreadsheet',
      'E-Mail;Reason\nann@example.com;Unsubscribed\n',
      [['ann@example.com', 'unsubscribed', null, null]],
    ],
  ])('is read as %s writes it', (_from, text, rows) => {
    expect(readSuppressionFile(text, undefined).refusals).toEqual([])
    expect(rowsOf(text)).toEqual(rows)
  })

  it('takes the reason of the whole file where rows have none, and theirs where they have one', () => {
    const text = 'email,created\nann@example.com,1767323045\n'
    expect(rowsOf(text, 'complaint')).toEqual([
      ['ann@example.com', 'complaint', at(2026, 0, 2, 3, 4, 5), null],
    ])
    expect(rowsOf('email,reason\nann@example.com,Bounce\n', 'unsubscribed')[0]?.[1]).toBe('bounce')
  })

  it('never guesses why: a block of SendGrid is not the address’s fault', () => {
    const text =
      'status,reason,email,created\n5.7.1,"550 5.7.1 spam: user unknown",ann@example.com,1767323045\n'
    const { suppressions, refusals } = readSuppressionFile(text, undefined)
    expect(suppressions).toEqual([])
    expect(refusals).toEqual([
      {
        line: 2,
        reason:
          'ann@example.com: the file does not say why, expected a reason (bounce, complaint or unsubscribed) for the whole file',
      },
    ])
  })

  it.each<[text: string, lines: number[]]>([
    ['email,reason\nnobody,bounce\nann@example.com,bounce\n"a@b.c,d@e.f",bounce\n\nx\n', [2, 4, 6]],
    ['{"email":"ann@example.com","reason":"bounce"}\n[]\nnot json\n{"reason":"bounce"}\n', [2, 3, 4]],
    ['[1,null,{"email":7}]', [1, 2, 3]],
  ])('says which rows are none, and takes the others: %s', (text, lines) => {
    expect(readSuppressionFile(text, 'bounce').refusals.map(({ line }) => line)).toEqual(lines)
  })
})

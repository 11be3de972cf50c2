import type { RecordFinding } from '../sending/records/recordFinding.ts'
import { fail, ok, warn, type Finding, type Look } from './finding.ts'

export interface SmtpFacts {
  /** Encrypted from the beginning, or by STARTTLS where the server offers it. */
  url: string
  /** Whether the server took a connection, and the user and password if there are any. */
  answer: Look<true>
}

const isLocal = (host: string) => /^(localhost|127\.|\[?::1)/.test(host)

export function judgeSmtp(smtp: SmtpFacts | undefined): Finding[] {
  if (!smtp)
    return [warn('smtp', 'SMTP_URL is not set', 'Mails go to the embedded mailbox, and to nobody else')]
  const url = new URL(smtp.url)
  const where = url.host
  const server =
    'error' in smtp.answer
      ? fail(
          'smtp',
          `${where}: ${smtp.answer.error}`,
          'Check SMTP_URL, the firewall, and that the provider lets you in',
        )
      : ok('smtp', `${where} answers${url.username ? ' and lets us in' : ''}`)
  if (isLocal(url.hostname)) return [server]
  const demandsTls = url.protocol === 'smtps:' || url.searchParams.get('requireTLS') === 'true'
  const tls = demandsTls
    ? ok('smtp encryption', 'demanded')
    : warn('smtp encryption', 'used if offered', 'Add ?requireTLS=true to SMTP_URL, or use smtps://')
  const login = url.username
    ? ok('smtp login', 'set')
    : warn('smtp login', 'none', 'Most servers take mail from the outside only with user and password')
  return [server, tls, login]
}

/** What receivers look up of the installation's own address, or that there is none. */
export function judgeDomain(
  records: readonly RecordFinding[] | undefined,
  isSelectorNamed: boolean,
): Finding[] {
  if (!records)
    return [
      warn(
        'mail from',
        'MAIL_FROM is not set',
        'Set it to an address of a domain that is yours, such as "Shop <hello@shop.example>"',
      ),
    ]
  return records.map((record) =>
    record.check === 'dkim' && record.lookedUp.length === 0 && !isSelectorNamed
      ? ok('dkim', 'not looked up: name the selector by --dkim')
      : plainFinding(record),
  )
}

const plainFinding = ({ check, status, found, advice, set }: RecordFinding): Finding => ({
  check,
  status,
  found,
  ...(advice === undefined
    ? {}
    : { advice: set ? `${advice}: ${set.type} ${set.name} ${set.value}` : advice }),
})

/** A sender that a workspace has set up. */
export interface SenderFacts {
  workspace: string
  id: string
  /** Why nothing goes out by it; null where it does. */
  stopped: string | null
  /** What receivers look up of it; none where it has no address of its own. */
  records: readonly RecordFinding[]
}

export function judgeSender({ workspace, id, stopped, records }: SenderFacts): Finding[] {
  const check = `sender ${id} of ${workspace}`
  const state =
    stopped === null
      ? ok(check, 'live')
      : fail(check, `stopped: ${stopped}`, 'Find out why, then ciclo senders resume: docs/sending.md')
  return [
    state,
    ...records.map((record) => ({ ...plainFinding(record), check: `${record.check} of ${check}` })),
  ]
}

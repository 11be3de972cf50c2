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

export interface DomainFacts {
  domain: string
  spf: Look<string[]>
  /** Undefined where no selector was named. */
  dkim: Look<string[]> | undefined
  dmarc: Look<string[]>
  mx: Look<string[]>
}

export function judgeDomain(facts: DomainFacts | undefined): Finding[] {
  if (!facts)
    return [
      warn(
        'mail from',
        'MAIL_FROM is not set',
        'Set it to an address of a domain that is yours, such as "Shop <hello@shop.example>"',
      ),
    ]
  const { domain, spf, dkim, dmarc, mx } = facts
  const record = (check: string, look: Look<string[]>, wanted: RegExp, advice: string): Finding => {
    if ('error' in look) return warn(check, `could not look up ${domain}: ${look.error}`, 'Check with dig')
    const records = look.found.filter((text) => wanted.test(text))
    if (records.length === 0) return warn(check, `${domain} has none`, advice)
    return records.length > 1 && check !== 'mx'
      ? fail(check, `${domain} has ${records.length}`, 'There must be one: with more, receivers take none')
      : ok(check, records.join(', '))
  }
  return [
    record(
      'spf',
      spf,
      /^v=spf1\b/i,
      'Publish a TXT record that names your mail server: v=spf1 include:... -all',
    ),
    dkim === undefined
      ? ok('dkim', 'not looked up: name the selector by --dkim')
      : record('dkim', dkim, /\bp=[^;]+/, 'Publish the key that your mail server signs with'),
    record('dmarc', dmarc, /^v=DMARC1\b/i, `Publish TXT _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:...`),
    record('mx', mx, /./, 'Without one nobody can answer, and some servers refuse your mails'),
  ]
}

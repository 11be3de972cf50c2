import { CicloError } from '../errors.ts'

/** How a server is spoken to, as nodemailer wants it. */
export interface SmtpOptions {
  host: string
  port: number
  /** TLS from the first byte; else STARTTLS, where the server offers it. */
  secure: boolean
  auth?: { user: string; pass: string }
  [option: string]: unknown
}

const isTrue = (value: string) => value === '' || value === '1' || value === 'true'
const text = (value: string) => value
const YES_OR_NO = /^(true|false|0|1|)$/

/** What may stand in the query, and nothing else: of nodemailer's other options some read files or print passwords. */
const OPTIONS: Readonly<Record<string, { form: RegExp; read: (value: string) => unknown; group?: 'tls' }>> = {
  /** The name that we greet with. */
  name: { form: /^[\w.[\]:-]{1,255}$/, read: text },
  authMethod: { form: /^(PLAIN|LOGIN|CRAM-MD5)$/, read: text },
  /** Not a word without TLS. */
  requireTLS: { form: YES_OR_NO, read: isTrue },
  ignoreTLS: { form: YES_OR_NO, read: isTrue },
  localAddress: { form: /^[\da-fA-F.:]{2,45}$/, read: text },
  'tls.rejectUnauthorized': { form: YES_OR_NO, read: isTrue, group: 'tls' },
  'tls.servername': { form: /^[\w.-]{1,253}$/, read: text, group: 'tls' },
  'tls.minVersion': { form: /^TLSv1(\.[1-3])?$/, read: text, group: 'tls' },
}
/** Said in many guides, and true of every connection of ours. */
const IGNORED = new Set(['pool'])

const wrong = (expectation: string) =>
  new CicloError('bad-request', `The address of a mail server: ${expectation}`)

/**
 * Reads a mail server's address: `smtp[s]://user:password@host:port?requireTLS=true`. Port 587 or 465 where none is given.
 *
 * Throws `CicloError` (`bad-request`), which never repeats the address: a password may be in it.
 */
export function smtpOptionsOf(url: string): SmtpOptions {
  if (!URL.canParse(url)) throw wrong('expected smtp://user:password@host:port')
  const { protocol, hostname, port, username, password, searchParams } = new URL(url)
  if (protocol !== 'smtp:' && protocol !== 'smtps:')
    throw wrong(`given ${protocol}//, expected smtp:// or smtps://`)
  if (hostname === '') throw wrong('expected a host')
  const secure = protocol === 'smtps:' || port === '465'
  const tls: Record<string, unknown> = {}
  const options: SmtpOptions = {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    tls,
  }
  if (username !== '' || password !== '')
    options.auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  for (const [name, value] of searchParams) {
    if (IGNORED.has(name)) continue
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined
    if (!option) throw wrong(`given the option ${name}, expected one of ${Object.keys(OPTIONS).join(', ')}`)
    if (!option.form.test(value))
      throw wrong(`given another value of ${name}, expected ${option.form.source}`)
    const target = option.group === 'tls' ? tls : options
    target[name.replace(/^tls\./, '')] = option.read(value)
  }
  return options
}

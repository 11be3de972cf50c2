import { z } from 'zod'
import { CicloError } from '../errors.ts'

const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    // Of what ends up in a header or an URL, nothing may end a line.
    .regex(/^[^\p{Cc}]*$/u, { message: 'expected no control characters' })

const host = z
  .string()
  .max(253)
  .regex(/^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i, {
    message: 'expected the name or address of a mail server, without scheme and port',
  })
const password = text(1_000).optional()

/** By which server mails go. A password that is left out stays as it is. */
export const ServerSchema = z.discriminatedUnion('preset', [
  z.object({
    preset: z.literal('smtp'),
    host,
    port: z.int().min(1).max(65_535).default(587),
    /** `implicit`: from the beginning, as on port 465; `required` and `offered`: by STARTTLS; `none`: not at all. */
    tls: z.enum(['implicit', 'required', 'offered', 'none']).default('required'),
    user: text(500).optional(),
    password,
  }),
  z.object({
    preset: z.literal('ses'),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { message: 'expected a region of AWS, such as eu-west-1' }),
    user: text(500),
    password,
    configurationSet: z
      .string()
      .regex(/^[\w-]{1,64}$/, { message: 'expected letters, digits, - and _, at most 64' })
      .optional(),
  }),
  z.object({ preset: z.literal('brevo'), user: text(500), password }),
  z.object({
    preset: z.literal('mailgun'),
    region: z.enum(['us', 'eu']),
    user: text(500),
    password,
  }),
  z.object({
    preset: z.literal('postmark'),
    /** Of the server in Postmark: user and password at once. Left out, it stays as it is. */
    token: text(200).optional(),
    stream: z.string().regex(/^[\w-]{1,60}$/, { message: 'expected the id of a stream, such as broadcast' }),
  }),
])

export type ServerWords = z.output<typeof ServerSchema>
export type PresetId = ServerWords['preset']

/** What is particular of a provider. */
export interface Preset {
  name: string
  /** Whose SPF record lists its servers: named by an `include` of the domain that mails come back to. */
  spf: string | null
  /** It sends from the domain of its user, whose SPF record has to include its own; the others need nothing there. */
  spfOfUser: boolean
  /** It puts its own envelope sender in place of ours: bounces come by its webhooks only. */
  ownsBounces: boolean
  /** Under which selectors it signs, where these are the same for everybody. */
  selectors: readonly string[]
}

export const PRESETS: Record<PresetId, Preset> = {
  smtp: { name: 'SMTP', spf: null, spfOfUser: false, ownsBounces: false, selectors: [] },
  ses: { name: 'Amazon SES', spf: 'amazonses.com', spfOfUser: false, ownsBounces: true, selectors: [] },
  brevo: {
    name: 'Brevo',
    spf: 'spf.brevo.com',
    spfOfUser: false,
    ownsBounces: true,
    selectors: ['brevo1', 'brevo2', 'mail'],
  },
  mailgun: { name: 'Mailgun', spf: 'mailgun.org', spfOfUser: true, ownsBounces: true, selectors: [] },
  postmark: { name: 'Postmark', spf: 'spf.mtasv.net', spfOfUser: false, ownsBounces: true, selectors: [] },
}

const passwordOf = (url: string) => decodeURIComponent(new URL(url).password)

/** Whose server a host is. */
export function presetOfHost(name: string): PresetId {
  if (/^email-smtp\.[\w-]+\.amazonaws\.com$/.test(name)) return 'ses'
  if (name === 'smtp-relay.brevo.com') return 'brevo'
  if (/^smtp(\.eu)?\.mailgun\.org$/.test(name)) return 'mailgun'
  return /^smtp(-broadcasts)?\.postmarkapp\.com$/.test(name) ? 'postmark' : 'smtp'
}

const isPostmark = (name: string) => presetOfHost(name) === 'postmark'

export interface ServerSetup {
  /** A nodemailer URL. */
  url: string
  headers: Record<string, string>
}

/** Which server a URL names, as people may see it. */
export interface ShownServer {
  host: string
  port: number
  tls: 'implicit' | 'required' | 'offered' | 'none'
  user: string | null
}

function urlOf(
  { host: name, port, tls }: Omit<ShownServer, 'user'>,
  login: { user: string; password: string } | undefined,
): string {
  const url = new URL(`${tls === 'implicit' ? 'smtps' : 'smtp'}://${name}:${port}`)
  const { user, password: secret } = login ?? { user: '', password: '' }
  if (tls === 'required') url.searchParams.set('requireTLS', 'true')
  if (tls === 'none') url.searchParams.set('ignoreTLS', 'true')
  // Encoded here: URL's own setters leave characters that nodemailer decodes once more.
  const credentials = login ? `${encodeURIComponent(user)}:${encodeURIComponent(secret)}@` : ''
  return url.href.replace('://', `://${credentials}`)
}

export function shownServer(url: string): ShownServer {
  const { protocol, hostname, port, username, searchParams } = new URL(url)
  // There the user is the password.
  const isShown = username !== '' && !isPostmark(hostname)
  const isImplicit = protocol === 'smtps:'
  return {
    host: hostname,
    port: port === '' ? (isImplicit ? 465 : 587) : Number(port),
    tls: isImplicit
      ? 'implicit'
      : searchParams.get('requireTLS') === 'true'
        ? 'required'
        : searchParams.get('ignoreTLS') === 'true'
          ? 'none'
          : 'offered',
    user: isShown ? decodeURIComponent(username) : null,
  }
}

function placeOf(words: ServerWords): Omit<ShownServer, 'user'> {
  if (words.preset === 'smtp') return { host: words.host.toLowerCase(), port: words.port, tls: words.tls }
  return { host: hostOf(words), port: 587, tls: 'required' }
}

function hostOf(words: Exclude<ServerWords, { preset: 'smtp' }>): string {
  if (words.preset === 'ses') return `email-smtp.${words.region}.amazonaws.com`
  if (words.preset === 'brevo') return 'smtp-relay.brevo.com'
  if (words.preset === 'mailgun') return words.region === 'eu' ? 'smtp.eu.mailgun.org' : 'smtp.mailgun.org'
  // Postmark has a host of its own for what goes to many.
  return words.stream === 'outbound' ? 'smtp.postmarkapp.com' : 'smtp-broadcasts.postmarkapp.com'
}

/** What a provider wants to be told with each mail: its own tracking off, since links and opens are ours to count. */
function headersOf(words: ServerWords): Record<string, string> {
  if (words.preset === 'ses' && words.configurationSet !== undefined)
    return { 'X-SES-CONFIGURATION-SET': words.configurationSet }
  if (words.preset === 'mailgun') return { 'X-Mailgun-Track': 'no' }
  if (words.preset === 'postmark')
    return { 'X-PM-Message-Stream': words.stream, 'X-PM-TrackOpens': 'false', 'X-PM-TrackLinks': 'None' }
  return {}
}

/**
 * The server that was described.
 *
 * @param before the URL until now, whose password stays where none is given for the same user of the same server
 */
export function setUpServer(words: ServerWords, before: string | null): ServerSetup {
  const place = placeOf(words)
  const old = before === null ? undefined : { ...shownServer(before), password: passwordOf(before) }
  // A password goes to another server only when somebody gives it again.
  const isSame =
    old !== undefined && (old.host === place.host || (words.preset === 'postmark' && isPostmark(old.host)))
  const headers = headersOf(words)
  const missing = (field: string) =>
    new CicloError('bad-request', `server.${field}: given nothing, expected the one for ${place.host}`)
  if (words.preset === 'postmark') {
    const token = words.token ?? (isSame ? old?.password : undefined)
    if (token === undefined) throw missing('token')
    return { url: urlOf(place, { user: token, password: token }), headers }
  }
  const { user, password: given } = words
  if (user === undefined) {
    if (given !== undefined)
      throw new CicloError('bad-request', 'server.user: given nothing, expected the user of the password')
    return { url: urlOf(place, undefined), headers }
  }
  const kept = given ?? (isSame && old?.user === user ? old.password : undefined)
  if (kept === undefined) throw missing('password')
  return { url: urlOf(place, { user, password: kept }), headers }
}

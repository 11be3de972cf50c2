import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { normaliseEmail } from '@ciclo/engine'
import { z } from 'zod'
import type { FeedbackSettings } from './createFeedbackParts.ts'
import { CicloError } from './errors.ts'
import type { TrustProxy } from './limits/clientAddress.ts'
import { DEFAULT_LIMITS, type LimitSettings } from './limits/limitSettings.ts'
import { smtpOptionsOf } from './sending/smtpOptions.ts'

const key = z.string().min(16, { message: 'expected at least 16 characters' })

/** A whole number, or `off` for no limit. */
const limit = (usual: number) =>
  z
    .string()
    .regex(/^(off|[1-9]\d{0,8})$/, { message: "expected a whole number from 1 on, or 'off'" })
    .transform((value) => (value === 'off' ? Infinity : Number(value)))
    .default(usual)

const EnvironmentSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce
    .number({ message: 'expected a port number from 0 to 65535' })
    .int()
    .min(0)
    .max(65_535)
    .default(8080),
  PUBLIC_URL: z.url({ protocol: /^https?$/, message: 'expected an http(s) address' }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, {
      message: 'expected file:./path/to/file.db or postgres://...',
    })
    .default('file:./data/ciclo.db'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/.+/, { message: 'expected smtp://... or smtps://...' })
    .optional(),
  CICLO_SECRET: z.string().min(32, { message: 'expected at least 32 characters' }).optional(),
  CICLO_WRITE_KEY: key.optional(),
  CICLO_SECRET_KEY: key.optional(),
  CICLO_CLOCK: z.enum(['system', 'test'], { message: "expected 'system' or 'test'" }).default('system'),
  MAIL_FROM: z.string().min(1).optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(auto|none|[1-9])$/, { message: "expected 'auto', 'none' or a number of proxies from 1 to 9" })
    .default('auto'),
  LIMIT_EVENTS_PER_KEY: limit(DEFAULT_LIMITS.eventsPerKey),
  LIMIT_EVENTS_PER_ADDRESS: limit(DEFAULT_LIMITS.eventsPerAddress),
  LIMIT_EVENTS_PER_CUSTOMER: limit(DEFAULT_LIMITS.eventsPerCustomer),
  LIMIT_SIGN_UPS_PER_ADDRESS: limit(DEFAULT_LIMITS.signUpsPerAddress),
  LIMIT_SIGN_UPS: limit(DEFAULT_LIMITS.signUps),
  LIMIT_WRONG_KEYS: limit(DEFAULT_LIMITS.wrongKeys),
  METRICS_TOKEN: key.optional(),
  CICLO_WEBHOOK_HOSTS: z.string().default(''),
  FEEDBACK_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
  FEEDBACK_SMTP_PORT: z.coerce
    .number({ message: 'expected a port number from 0 to 65535' })
    .int()
    .min(0)
    .max(65_535)
    .optional(),
  FEEDBACK_ADDRESS: z
    .string()
    .refine((value) => normaliseEmail(value) !== undefined, { message: 'expected one e-mail address' })
    .optional(),
  FEEDBACK_MAILDIR: z.string().min(1).optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      message: 'expected fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
})

export interface MailAddress {
  name: string
  address: string
}

/** The server's settings, from the environment; every one has a default. */
export interface Config {
  host: string
  port: number
  /** Undefined until the server listens on a free port (PORT=0): then it is made from the port it got. */
  publicUrl: string | undefined
  databaseUrl: string
  smtpUrl: string | undefined
  /** What signs tokens and keys hashes. */
  secret: string
  writeKey: string | undefined
  secretKey: string | undefined
  clock: 'system' | 'test'
  mailFrom: MailAddress | undefined
  logLevel: string
  /** What has to be shown for /metrics; without it only this machine gets them. */
  metricsToken: string | undefined
  trustProxy: TrustProxy
  limits: LimitSettings
  /** Hosts that webhooks may go to also where they are no part of the internet, as `URL.hostname` writes them. */
  webhookHosts: ReadonlySet<string>
  /** How mails that come back come in. */
  feedback: FeedbackSettings
  /** Where what belongs to the data, but is no database, is kept: the secret and the embedded mailbox. */
  dataFolder: string
}

/** The names of values that must never be shown. */
const SECRETS = new Set([
  'METRICS_TOKEN',
  'CICLO_SECRET',
  'CICLO_WRITE_KEY',
  'CICLO_SECRET_KEY',
  'DATABASE_URL',
  'SMTP_URL',
])

function wrong(name: string, value: string | undefined, expectation: string): CicloError {
  const given =
    value === undefined ? 'nothing' : SECRETS.has(name) ? `${value.length} characters` : `"${value}"`
  return new CicloError('bad-configuration', `${name}: given ${given}, ${expectation}`)
}

/** `Name <address>` or an address alone. */
function mailAddressOf(value: string): MailAddress {
  const match = /^\s*(?:"?([^"<>\r\n]*?)"?\s*)<([^<>]+)>\s*$/.exec(value)
  const address = normaliseEmail(match?.[2] ?? value)
  if (!address) throw wrong('MAIL_FROM', value, 'expected "Shop name <address@domain>" or an address')
  return { name: match?.[1]?.trim() ?? '', address }
}

/** The address of a mail server, where there is one: told at the start, not with the first mail. */
function checkServer(url: string | undefined): void {
  if (url === undefined) return
  try {
    smtpOptionsOf(url)
  } catch (error) {
    if (!(error instanceof CicloError)) throw error
    throw wrong('SMTP_URL', url, error.message.replace('The address of a mail server: ', ''))
  }
}

/** Hosts between commas: names, IPv4 addresses, IPv6 addresses with or without brackets. */
function webhookHostsOf(value: string): Set<string> {
  const hosts = value
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean)
  return new Set(
    hosts.map((given) => {
      const host = isIP(given) === 6 ? `[${given}]` : given
      if (!/^(\[[^\]]*\]|[^\s/:@?#*\\[\]]+)$/.test(host) || !URL.canParse(`http://${host}`))
        throw wrong(
          'CICLO_WEBHOOK_HOSTS',
          value,
          `expected hosts without scheme, port or path: not "${given}"`,
        )
      return new URL(`http://${host}`).hostname
    }),
  )
}

const secretFileIn = (folder: string) => join(folder, 'secret')

/** The signing secret next to the data: made once, readable by its owner only. */
function secretIn(folder: string): string {
  const file = secretFileIn(folder)
  if (existsSync(file)) {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
    throw new CicloError(
      'bad-configuration',
      `${file}: given ${secret.length} characters, expected at least 32`,
    )
  }
  mkdirSync(folder, { recursive: true })
  const secret = randomBytes(32).toString('base64url')
  // Another process may start at the same time: only one of them makes the file, the other reads it.
  try {
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
    return secret
  } catch {
    return readFileSync(file, 'utf8').trim()
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** A configuration whose secret was only looked for. */
export type FoundConfig = Omit<Config, 'secret'> & {
  /** CICLO_SECRET, where it is set. */
  givenSecret: string | undefined
  /** Where the secret is kept otherwise. */
  secretFile: string
}

/** As `readConfig`, but makes nothing: for commands that look at what there is. */
export function findConfig(environment: Record<string, string | undefined>): FoundConfig {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = EnvironmentSchema.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const name = String(issue?.path[0])
    throw wrong(name, given[name], issue?.message ?? 'expected another value')
  }
  const values = parsed.data
  if (values.CICLO_CLOCK === 'test' && !isLoopback(values.HOST)) {
    throw wrong(
      'CICLO_CLOCK',
      'test',
      `expected 'system' where HOST (${values.HOST}) is not a loopback address`,
    )
  }
  checkServer(values.SMTP_URL)
  const dataFolder = values.DATABASE_URL.startsWith('file:')
    ? dirname(resolve(values.DATABASE_URL.replace(/^file:(\/\/)?/, '')))
    : resolve('data')
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: values.DATABASE_URL,
    smtpUrl: values.SMTP_URL,
    givenSecret: values.CICLO_SECRET,
    secretFile: secretFileIn(dataFolder),
    writeKey: values.CICLO_WRITE_KEY,
    secretKey: values.CICLO_SECRET_KEY,
    clock: values.CICLO_CLOCK,
    mailFrom: values.MAIL_FROM === undefined ? undefined : mailAddressOf(values.MAIL_FROM),
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN,
    trustProxy:
      values.TRUST_PROXY === 'auto' || values.TRUST_PROXY === 'none'
        ? values.TRUST_PROXY
        : Number(values.TRUST_PROXY),
    limits: {
      eventsPerKey: values.LIMIT_EVENTS_PER_KEY,
      eventsPerAddress: values.LIMIT_EVENTS_PER_ADDRESS,
      eventsPerCustomer: values.LIMIT_EVENTS_PER_CUSTOMER,
      signUpsPerAddress: values.LIMIT_SIGN_UPS_PER_ADDRESS,
      signUps: values.LIMIT_SIGN_UPS,
      wrongKeys: values.LIMIT_WRONG_KEYS,
    },
    webhookHosts: webhookHostsOf(values.CICLO_WEBHOOK_HOSTS),
    feedback: {
      smtp:
        values.FEEDBACK_SMTP_PORT === undefined
          ? undefined
          : { host: values.FEEDBACK_SMTP_HOST, port: values.FEEDBACK_SMTP_PORT },
      address: normaliseEmail(values.FEEDBACK_ADDRESS),
      maildir: values.FEEDBACK_MAILDIR === undefined ? undefined : resolve(values.FEEDBACK_MAILDIR),
    },
    dataFolder,
  }
}

/**
 * Reads the environment, and makes the signing secret where there is none yet.
 * Throws `bad-configuration` naming the variable, the value and what was expected.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const { givenSecret, secretFile: _file, ...config } = findConfig(environment)
  return { ...config, secret: givenSecret ?? secretIn(config.dataFolder) }
}

import { CONSENT_PURPOSES } from '@ciclo/engine'
import type { Command } from 'commander'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import {
  ConsentPolicySchema,
  ConsentsSchema,
  ConsentStateSchema,
  RecordedSchema,
} from '../routes/consentSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createApiRun } from './createApiRun.ts'
import { quoted } from './quoted.ts'
import { readPages } from './readPages.ts'
import type { Surroundings } from './surroundings.ts'

interface Who {
  email?: string
  userId?: string
  id?: string
}

const CustomersSchema = z.object({ customers: z.array(z.object({ id: z.string() })) })
const CustomerSchema = z.object({ id: z.string(), consent: ConsentStateSchema })

/** The customers who have the name; of an address that nobody has proven, those who claim it. */
async function idsOf({ request }: ApiTarget, who: Who): Promise<string[]> {
  const given = Object.entries(who)
  const [name] = given
  if (given.length !== 1 || !name) {
    throw new CicloError(
      'bad-request',
      `Given ${given.length} names, expected one: --email, --user-id or --id`,
    )
  }
  if (who.id !== undefined) return [who.id]
  const query = new URLSearchParams(Object.fromEntries(given)).toString()
  const { customers } = CustomersSchema.parse(await (await request('GET', `/customers?${query}`)).json())
  if (customers.length === 0)
    throw new CicloError('not-found', `There is no customer with the ${name[0]} ${name[1]}`)
  return customers.map(({ id }) => id)
}

const pathOf = (id: string) => `/customers/${encodeURIComponent(id)}`

function sayState({ id, consent }: z.infer<typeof CustomerSchema>, say: Surroundings['say']): void {
  say(`customer ${id}, country ${consent.country ?? 'unknown'}`)
  for (const purpose of CONSENT_PURPOSES) {
    const standing = consent[purpose]
    say(
      `  ${purpose}: ${standing ? `${standing.status} ${standing.basis ?? ''} ${standing.at}` : 'nothing said'}`,
    )
  }
  if (consent.refusedTopics.length > 0) say(`  left out: ${consent.refusedTopics.join(', ')}`)
}

async function show(target: ApiTarget, who: Who, say: Surroundings['say']): Promise<void> {
  for (const id of await idsOf(target, who)) {
    sayState(CustomerSchema.parse(await (await target.request('GET', pathOf(id))).json()), say)
    for await (const { consents } of readPages(target, `${pathOf(id)}/consents`, ConsentsSchema)) {
      for (const one of consents) {
        const purpose = one.topic === null ? one.purpose : `${one.purpose}/${one.topic}`
        const words = [one.at, purpose, one.status, one.basis ?? '-', one.country ?? '-', one.source]
        const told = [one.network ?? '-', quoted(one.method), quoted(one.textVersion), quoted(one.text)]
        say([...words, ...told].join('  '))
      }
    }
  }
}

interface Said extends Who {
  purpose: string
  status: string
  basis?: string
  topic?: string
  text?: string
  textVersion?: string
  method?: string
  country?: string
  at?: string
}

async function record(
  target: ApiTarget,
  { email, userId, id, ...said }: Said,
  say: Surroundings['say'],
): Promise<number> {
  const who: Who = { ...(email ? { email } : {}), ...(userId ? { userId } : {}), ...(id ? { id } : {}) }
  const [only, ...others] = await idsOf(target, who)
  if (only === undefined || others.length > 0)
    throw new CicloError(
      'bad-request',
      `${others.length + 1} customers claim it; expected one: name it by --id`,
    )
  const response = await target.request('POST', `${pathOf(only)}/consents`, said)
  const { verdict, consent } = RecordedSchema.parse(await response.json())
  say(verdict)
  sayState({ id: only, consent }, say)
  return verdict === 'parked' ? 2 : 0
}

async function policy({ request }: ApiTarget, say: Surroundings['say']): Promise<void> {
  const told = ConsentPolicySchema.parse(await (await request('GET', '/consent-policy')).json())
  const line = (country: string, bases: object, source: string) =>
    say(
      [country.padEnd(6), ...Object.entries(bases).map(([basis, use]) => `${basis}: ${use}`), source].join(
        '  ',
      ),
    )
  say(
    `customers without a country count as in ${told.country ?? 'none: consent only'}; tracking: ${told.tracking}`,
  )
  for (const { country, bases, source } of told.countries) line(country, bases, source ?? 'by the settings')
  line('others', told.others.bases, '')
}

const withWho = (command: Command) =>
  command.option('--email <address>').option('--user-id <id>').option('--id <id>', "the customer's own id")

/** `ciclo consent show|record|policy`: what customers consent to, and what the law allows without it. */
export function addConsentCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const consent = program.command('consent').description('What customers consent to, and the proof of it')
  withWho(consent.command('show'))
    .description('How a customer stands, and every change with its time, source and words')
    .action((who: Who) => run((target) => show(target, who, say)))
  withWho(consent.command('record'))
    .description('Record what a customer has told the shop; exit code 2 when the customer is parked')
    .requiredOption('--purpose <purpose>', CONSENT_PURPOSES.join(' or '))
    .requiredOption('--status <status>', 'granted or refused')
    .option('--basis <basis>', 'consent, if left out')
    .option('--topic <topic>', 'one topic of marketing mail; all of it, if left out')
    .option('--text <text>', 'what the customer read or heard')
    .option('--text-version <version>')
    .option('--method <method>', 'how it was said, as "phone"')
    .option('--country <code>', 'ISO 3166-1 alpha-2')
    .option('--at <time>', 'ISO 8601; now, if left out')
    .action((said: Said) => run((target) => record(target, said, say)))
  consent
    .command('policy')
    .description('What marketing e-mail may rest on, country by country, by law and settings')
    .action(() => run((target) => policy(target, say)))
}

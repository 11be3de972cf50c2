import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Option, type Command } from 'commander'
import { CicloError } from '../errors.ts'
import { PROVIDERS } from '../feedback/hookAddresses.ts'
import { parseReport } from '../feedback/parseReport.ts'
import type { DeliveryStatus, Pointers, Report } from '../feedback/report.ts'
import { DeletedReportSchema, HookSchema, RenewedSchema, ReportsSchema } from '../routes/feedbackSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { quoted } from './quoted.ts'
import { readPages } from './readPages.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const PATH = '/feedback'

async function readMail(file: string, { folder }: Surroundings): Promise<Buffer> {
  if (file === '-') return await buffer(process.stdin)
  const path = resolve(folder, file)
  try {
    return await readFile(path)
  } catch (cause) {
    throw new CicloError('bad-request', `${path}: cannot be read: ${(cause as Error).message}`, { cause })
  }
}

const MEANINGS = {
  hard: 'a hard bounce: nothing is sent there any more',
  soft: 'a soft bounce: the address is given up after several days',
  blocked: 'our own fault: the address stays as it is',
} as const

const lineOf = ({ finalRecipient, action, status, meaning, diagnostic }: DeliveryStatus) =>
  [
    `  ${quoted(finalRecipient)}`,
    action,
    status ?? '-',
    meaning === null ? 'nothing has come back' : MEANINGS[meaning],
    quoted(diagnostic),
  ].join('  ')

function sayPointers({ addresses, messageIds, unsubscribeTokens }: Pointers, say: Surroundings['say']): void {
  say(`  envelope senders  ${addresses.map(quoted).join(', ') || '-'}`)
  say(`  Message-IDs       ${messageIds.map(quoted).join(', ') || '-'}`)
  say(`  unsubscribe links ${unsubscribeTokens.length}`)
}

function sayReport(report: Report, say: Surroundings['say']): void {
  switch (report.kind) {
    case 'auto-reply':
      return say('an automatic reply (RFC 3834): ignored')
    case 'unknown':
      say(`unknown: ${quoted(report.why)}; kept for people to read`)
      break
    case 'complaint':
      say(
        report.feedbackType === 'abuse'
          ? 'a complaint (RFC 5965): no marketing any more'
          : `a report of the kind ${quoted(report.feedbackType)} (RFC 5965): nobody is suppressed for it`,
      )
      break
    case 'delivery':
      say('a delivery report (RFC 3464)')
      for (const recipient of report.recipients) say(lineOf(recipient))
  }
  say('about a mail that is looked up by')
  sayPointers(report.pointers, say)
}

/** `ciclo feedback read|hook|renew-hooks|reports|forget`: what comes back of mails. */
export function addFeedbackCommands(program: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  const feedback = program
    .command('feedback')
    .description('Bounces and complaints, as docs/feedback.md tells')
  feedback
    .command('read')
    .description('How a mail that came back is read; nothing is changed by it')
    .argument('<file>', 'the mail as it arrived; - reads it from standard input')
    .action(async (file: string) => sayReport(await parseReport(await readMail(file, surroundings)), say))
  feedback
    .command('hook')
    .description('The address at which a provider reports: a secret, to be set there')
    .argument('<provider>', PROVIDERS.join(', '))
    .addOption(
      new Option(
        '--key <key>',
        'what its calls are checked by: the ARN of the topic (ses), user:password (postmark), the signing key (mailgun), the verification key (sendgrid)',
      ).env('CICLO_FEEDBACK_KEY'),
    )
    .action((provider: string, { key }: { key?: string }) =>
      run(async ({ request }) => {
        const response = await request('POST', `${PATH}/hooks`, { provider, ...(key ? { key } : {}) })
        say(HookSchema.parse(await response.json()).url)
      }),
    )
  feedback
    .command('renew-hooks')
    .description('Close every address that was made so far')
    .action(() =>
      run(async ({ request }) => {
        const response = await request('POST', `${PATH}/hooks/renew`)
        const { version } = RenewedSchema.parse(await response.json())
        say(`Addresses that were made before are closed; those made from now on are of version ${version}.`)
      }),
    )
  feedback
    .command('reports')
    .description('What came back and could not be read, or is about no mail of ours; the newest first')
    .action(() =>
      run(async (target) => {
        let count = 0
        for await (const { reports } of readPages(target, `${PATH}/reports`, ReportsSchema))
          for (const { id, at, via, reason, excerpt } of reports) {
            count += 1
            say([id, at, via, quoted(reason), quoted(excerpt.slice(0, 200))].join('  '))
          }
        if (count === 0) say('Nothing came back that was not understood.')
      }),
    )
  feedback
    .command('forget')
    .description('Forget one of these reports')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const response = await request('DELETE', `${PATH}/reports/${encodeURIComponent(id)}`)
        say(`${DeletedReportSchema.parse(await response.json()).id} is forgotten`)
      }),
    )
}

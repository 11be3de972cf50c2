import type { Command } from 'commander'
import { PullsSchema } from '../routes/pullSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { count } from './progress.ts'
import { quoted } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const pathOf = (id: string) => `/connections/${encodeURIComponent(id)}/pulls`

async function show({ request }: ApiTarget, id: string, { say }: Surroundings): Promise<void> {
  const { pulls } = PullsSchema.parse(await (await request('GET', pathOf(id))).json())
  for (const { resource, state, read, total, applied, refused, problems } of pulls) {
    const of = total === null ? '' : ` of ${count(total)}`
    say(
      `${resource.padEnd(9)}  ${state.padEnd(7)}  ${count(read)}${of} read, ${count(applied)} new, ${count(refused)} refused`,
    )
    for (const problem of problems) say(`  ${quoted(problem)}`)
  }
  if (pulls.length === 0) say('Nothing was fetched yet: ciclo connect pull <id>')
}

/** `ciclo connect pull|pulls|stop`: the past of a connected shop. A server that runs does the work. */
export function addPullCommands(connect: Command, surroundings: Surroundings): void {
  const { say } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  connect
    .command('pull')
    .description(
      "Fetch a shop's products, customers and orders, as long as a server runs; nobody is mailed for them",
    )
    .argument('<id>')
    .option('--since <time>', 'only what has changed since, such as 2026-01-01T00:00:00Z')
    .option('--resume', 'go on with one that was stopped or has failed', false)
    .action((id: string, { since, resume }: { since?: string; resume: boolean }) =>
      run(async ({ request }) => {
        await request('POST', pathOf(id), { resume, ...(since === undefined ? {} : { since }) })
        say('It is fetched while a server runs: ciclo connect pulls <id> tells how far it has come')
      }),
    )
  connect
    .command('pulls')
    .description('How far it has come')
    .argument('<id>')
    .action((id: string) => run((target) => show(target, id, surroundings)))
  connect
    .command('stop')
    .description('Stop it after the page under way')
    .argument('<id>')
    .action((id: string) =>
      run(async (target) => {
        await target.request('POST', `${pathOf(id)}/stop`)
        await show(target, id, surroundings)
      }),
    )
}

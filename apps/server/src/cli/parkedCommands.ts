import type { Command } from 'commander'
import { z } from 'zod'
import type { ApiTarget } from './apiTarget.ts'
import { createApiRun } from './createApiRun.ts'
import { customerCommand } from './customerCommand.ts'
import { quoted, quotedJson } from './quoted.ts'
import { readPages } from './readPages.ts'
import type { Surroundings } from './surroundings.ts'

const PageSchema = z.object({
  parked: z.array(
    z.object({
      id: z.string(),
      customerId: z.string().nullable(),
      error: z.string(),
      at: z.string(),
      input: z.object({ kind: z.string(), type: z.string().nullable(), name: z.string().nullable() }),
    }),
  ),
  next: z.string().nullable(),
})
const RetrySchema = z.object({ verdict: z.string(), error: z.string().nullable() })
const CountsSchema = z.object({
  tried: z.number(),
  applied: z.number(),
  parked: z.number(),
  next: z.string().nullable(),
})
const UnparkSchema = z.object({
  error: z.string().nullable(),
  tried: z.number(),
  applied: z.number(),
  parked: z.number(),
})
const CustomersSchema = z.object({
  customers: z.array(z.object({ id: z.string(), parked: z.string().nullable() })),
  next: z.string().nullable(),
})

async function list(target: ApiTarget, say: Surroundings['say']): Promise<void> {
  let lines = 0
  const filter = { parked: 'true' }
  for await (const { customers } of readPages(target, '/customers', CustomersSchema, { filter })) {
    for (const { id, parked } of customers) say(`customer  ${id}  ${quoted(parked)}`)
    lines += customers.length
  }
  for await (const { parked } of readPages(target, '/parked', PageSchema)) {
    for (const { id, customerId, error, at, input } of parked) {
      const what = quoted(input.name ?? input.type ?? input.kind)
      say(['input   ', at, quoted(id), customerId ?? '-', what, quoted(error)].join('  '))
    }
    lines += parked.length
  }
  if (lines === 0) say('Nothing is parked.')
}

async function retry({ request }: ApiTarget, id: string, say: Surroundings['say']): Promise<number> {
  const response = await request('POST', `/parked/${encodeURIComponent(id)}/retry`)
  const { verdict, error } = RetrySchema.parse(await response.json())
  say(error === null ? verdict : `${verdict} again: ${quoted(error)}`)
  return verdict === 'parked' ? 2 : 0
}

async function retryAll(target: ApiTarget, say: Surroundings['say']): Promise<number> {
  const all = { tried: 0, applied: 0, parked: 0 }
  for await (const counts of readPages(target, '/parked/retry', CountsSchema, { method: 'POST' })) {
    all.tried += counts.tried
    all.applied += counts.applied
    all.parked += counts.parked
  }
  say(`${all.tried} tried, ${all.applied} applied, ${all.parked} parked again`)
  return all.parked > 0 ? 2 : 0
}

/** `ciclo parked list|show|retry|drop` and `ciclo customer unpark`: what could not be applied. */
export function addParkedCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const parked = program
    .command('parked')
    .description('Inputs that could not be applied: nothing of them is lost')
  parked
    .command('list')
    .description('What is parked, and why')
    .action(() => run((target) => list(target, say)))
  parked
    .command('show')
    .description('One of them with all that it says')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const response = await request('GET', `/parked/${encodeURIComponent(id)}`)
        say(quotedJson(await response.json()))
      }),
    )
  parked
    .command('retry')
    .description('Try one again, or all; exit code 2 when something is parked again')
    .argument('[id]')
    .action((id: string | undefined) =>
      run((target) => (id === undefined ? retryAll(target, say) : retry(target, id, say))),
    )
  parked
    .command('drop')
    .description('Give one up, for good')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        await request('DELETE', `/parked/${encodeURIComponent(id)}`)
        say('Dropped.')
      }),
    )
  customerCommand(program)
    .command('unpark')
    .description("Tell a customer's history anew, and apply what is parked of it")
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const response = await request('POST', `/customers/${encodeURIComponent(id)}/unpark`)
        const { error, tried, applied, parked: left } = UnparkSchema.parse(await response.json())
        say(
          error === null
            ? `Un-parked: ${tried} inputs tried, ${applied} applied, ${left} parked`
            : `Stays parked: ${quoted(error)}`,
        )
        return error === null && left === 0 ? 0 : 2
      }),
    )
}

import type { Command } from 'commander'
import { z } from 'zod'
import { OnsiteListSchema, OnsiteSchema } from '../routes/onsiteSchemas.ts'
import { CicloError } from '../errors.ts'
import { createApiRun } from './createApiRun.ts'
import { quoted, quotedJson } from './quoted.ts'
import { readJsonFile } from './readJsonFile.ts'
import type { Surroundings } from './surroundings.ts'

const pathOf = (id: string) => `/onsite/${encodeURIComponent(id)}`

const NamedSchema = z.looseObject({ id: z.string() })

/** `ciclo onsite list|show|put|remove`: what visitors see on the shop's own pages. */
export function addOnsiteCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const onsite = program
    .command('onsite')
    .description("Messages on the shop's own pages, as docs/onsite.md tells")
  onsite
    .command('list')
    .description('Every message, whether it is shown now, its kind and priority')
    .action(() =>
      run(async ({ request }) => {
        const { messages } = OnsiteListSchema.parse(await (await request('GET', '/onsite')).json())
        for (const { message, isShown } of messages) {
          const { id, kind, live, priority, name } = message
          const state = isShown ? 'shown' : live ? 'waits' : 'off'
          say([id, state.padEnd(5), kind.padEnd(7), String(priority), quoted(name)].join('  '))
        }
        if (messages.length === 0) say('There are no on-site messages.')
      }),
    )
  onsite
    .command('show')
    .description('A message as JSON, as "put" takes it')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const { message } = OnsiteSchema.parse(await (await request('GET', pathOf(id))).json())
        say(quotedJson(message))
      }),
    )
  onsite
    .command('put')
    .description('Save a message under the id that it names, new or in the place of another')
    .argument('<file>', 'the message as JSON')
    .action(async (file: string) => {
      const named = NamedSchema.safeParse(await readJsonFile(file, 'a message', surroundings))
      if (!named.success) throw new CicloError('bad-request', `${file}: id: expected the name of the message`)
      await run(async ({ request }) => {
        const response = await request('PUT', pathOf(named.data.id), named.data)
        const { message, isShown } = OnsiteSchema.parse(await response.json())
        say(`${message.id}: saved, ${isShown ? 'and shown now' : 'and not shown now'}`)
      })
    })
  onsite
    .command('remove')
    .description('Delete a message')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        await request('DELETE', pathOf(id))
        say(`${id}: removed`)
      }),
    )
}

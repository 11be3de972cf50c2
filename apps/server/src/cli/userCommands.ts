import type { Command } from 'commander'
import { LinkSchema } from '../routes/teamSchemas.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

/** `ciclo user link|reset`: lets in who has no way in, from the machine that Ciclo runs on. */
export function addUserCommands(program: Command, surroundings: Surroundings): void {
  const linkFor = async (body: { email?: string }, what: string) => {
    await withApiTarget(surroundings, async ({ request, description }) => {
      const response = await request('POST', '/team/links', body)
      const { link, expiresAt } = LinkSchema.parse(await response.json())
      surroundings.say(link)
      const until = expiresAt === null ? 'until there is one' : `until ${expiresAt}`
      surroundings.warn(`${what}: it works once, ${until}; of ${description}`)
    })
  }
  const user = program.command('user').description('Let people in to the studio who cannot sign in')
  user
    .command('link')
    .description('Show the link by which the first owner is made')
    .action(() => linkFor({}, 'Makes the first owner'))
  user
    .command('reset')
    .description('Show a link by which somebody sets another password')
    .argument('<email>', 'the address that they sign in with')
    .action((email: string) => linkFor({ email }, `Sets another password for ${email}`))
}

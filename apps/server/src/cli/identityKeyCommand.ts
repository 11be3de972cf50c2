import type { Command } from 'commander'
import { z } from 'zod'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

const IdentityKeySchema = z.object({ key: z.string(), version: z.number() })

export function addIdentityKeyCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('identity-key')
    .description("Show the key that your shop's server signs identity tokens with")
    .option('--renew', 'make a new key: every token of the old one is void at once')
    .action(async ({ renew = false }: { renew?: boolean }) => {
      await withApiTarget(surroundings, async (target) => {
        const response = renew
          ? await target.request('POST', '/identity-key/renew')
          : await target.request('GET', '/identity-key')
        const { key, version } = IdentityKeySchema.parse(await response.json())
        surroundings.say(key)
        surroundings.warn(`version ${version}, of ${target.description}; for your shop's server only`)
      })
    })
}

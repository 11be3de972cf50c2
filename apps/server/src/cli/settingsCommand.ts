import type { Command } from 'commander'
import { quotedJson } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

/** `consent.country`, `PL` as `{ consent: { country: 'PL' } }`. What is no JSON is text. */
function patchOf(path: string, value: string): unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(value)
  } catch {
    parsed = value
  }
  return path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), parsed)
}

export function addSettingsCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('settings')
    .description('Show the settings of the shop, or change one')
    .argument('[setting]', 'which one, such as consent.country')
    .argument('[value]', 'JSON or text; null brings the default back')
    .action(async (setting?: string, value?: string) => {
      await withApiTarget(surroundings, async (target) => {
        const response =
          setting !== undefined && value !== undefined
            ? await target.request('PATCH', '/settings', patchOf(setting, value))
            : await target.request('GET', '/settings')
        const settings: unknown = await response.json()
        const shown = (setting?.split('.') ?? []).reduce<unknown>(
          (outer, name) => (outer as Record<string, unknown> | undefined)?.[name],
          settings,
        )
        surroundings.say(shown === undefined ? 'not set' : quotedJson(shown))
      })
    })
}

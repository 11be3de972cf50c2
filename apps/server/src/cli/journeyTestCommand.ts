import type { Command } from 'commander'
import type { Surroundings } from './surroundings.ts'

/** `ciclo journey test [files...]`: fixtures of journeys, run with a virtual clock; the code is 1 where one fails. */
export function addJourneyTestCommand(
  journey: Command,
  { folder, say }: Surroundings,
  exitWith: (code: number) => void,
): void {
  journey
    .command('test')
    .description(
      'Run fixtures with a virtual clock, days in milliseconds: nothing is sent and nothing written',
    )
    .argument('[files...]', 'fixtures, or folders of them; those of the shipped journeys, if left out')
    .addHelpText(
      'after',
      '\nExit codes: 0 all passed, 1 a case failed, a file cannot be run, or none was found',
    )
    .action(async (files: string[]) => {
      // No other command needs the journeys.
      const { runFixtures } = await import('@ciclo/journeys/fixtures')
      const { passed, failed, lines } = runFixtures(files, folder)
      for (const line of lines) say(line)
      say(`${passed} passed, ${failed} failed`)
      exitWith(failed > 0 ? 1 : 0)
    })
}

import type { Command } from 'commander'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import { realWorld, type World } from '../doctor/world.ts'
import type { Surroundings } from './surroundings.ts'

const HELP = `
Run it as the server runs: with the same variables and as the same user. It changes nothing.

Exit code: 0 nothing fails (there may be warnings); 1 something does.`

const lineOf = ({ check, status, found, advice }: Finding) =>
  `${status.padEnd(4)}  ${check}: ${found}${advice === undefined ? '' : ` - ${advice}`}`

export interface DoctorOptions {
  json?: boolean
  full?: boolean
  dkim?: string
}

/** Prints a line for each check. */
export async function runDoctor(
  { json = false, full = false, dkim }: DoctorOptions,
  { environment, say, now }: Surroundings,
  world: World = realWorld(now),
): Promise<number> {
  const findings = await examine({
    environment,
    world,
    full,
    ...(dkim === undefined ? {} : { selector: dkim }),
  })
  const failed = findings.filter(({ status }) => status === 'fail').length
  if (json) say(JSON.stringify({ ok: failed === 0, findings }, undefined, 2))
  else {
    for (const finding of findings) say(lineOf(finding))
    const warnings = findings.filter(({ status }) => status === 'warn').length
    say(`${findings.length} checks: ${failed} fail, ${warnings} warn`)
  }
  return failed === 0 ? 0 : 1
}

export function addDoctorCommand(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  program
    .command('doctor')
    .description('Check the installation, and say what to do')
    .option('--json', 'for programs: { ok, findings: [{ check, status, found, advice }] }')
    .option('--full', 'read a large database through, and compare its indexes with its tables')
    .option('--dkim <selector>', 'also look up the DKIM key of this selector')
    .addHelpText('after', HELP)
    .action(async (options: DoctorOptions) => exitWith(await runDoctor(options, surroundings)))
}

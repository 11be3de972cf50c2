import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { findConfig } from '../config.ts'
import { CicloError } from '../errors.ts'
import { sqlitePath } from '../store/openStore.ts'
import { restoreSqlite, whyNoBackup } from '../store/restoreSqlite.ts'
import { postgresEnvironment, runPostgresTool, withoutPassword } from './postgresTool.ts'
import type { Surroundings } from './surroundings.ts'

const HELP = `
Into the database of DATABASE_URL, which no server may use meanwhile. What was there before is put aside, not deleted.
The backup is checked first. The secret beside it (<file>.secret) is put back too, unless CICLO_SECRET is set.
PostgreSQL: runs pg_restore where it is installed, into an empty database, and says the command otherwise; with
--force tables that are there are replaced. It is one transaction: all or nothing.`

/** Puts the signing secret back; a different one that is there is put aside. */
function restoreSecret(file: string, secretFile: string, isGiven: boolean): string {
  const saved = `${file}.secret`
  if (isGiven) return 'CICLO_SECRET is set: it must be the one that the backup was made with'
  if (!existsSync(saved))
    return `${saved}: not found; give the secret of that time as CICLO_SECRET, or keys and sent links do not work`
  if (existsSync(secretFile)) {
    if (readFileSync(secretFile, 'utf8') === readFileSync(saved, 'utf8')) return 'The secret is the same'
    renameSync(secretFile, `${secretFile}.before`)
  }
  copyFileSync(saved, secretFile)
  chmodSync(secretFile, 0o600)
  return `${secretFile}: the secret of the backup`
}

async function restore(
  file: string,
  { force = false }: { force?: boolean },
  { environment, folder, say, now }: Surroundings,
): Promise<number> {
  const { databaseUrl, givenSecret, secretFile } = findConfig(environment)
  const source = resolve(folder, file)
  const secret = () => say(restoreSecret(source, secretFile, givenSecret !== undefined))

  if (!databaseUrl.startsWith('file:')) {
    const args = [
      '--single-transaction',
      '--exit-on-error',
      '--no-owner',
      ...(force ? ['--clean', '--if-exists'] : []),
    ]
    const { PGDATABASE = 'postgres', ...connection } = postgresEnvironment(databaseUrl)
    const code = await runPostgresTool('pg_restore', [...args, `--dbname=${PGDATABASE}`, source], {
      ...environment,
      ...connection,
    })
    if (code === undefined) {
      say(
        'pg_restore is not installed here. Where it is, this restores the backup (it asks for the password):',
      )
      say(`  pg_restore ${args.join(' ')} --dbname='${withoutPassword(databaseUrl)}' ${source}`)
      return 1
    }
    if (code !== 0) return 1
    say(`${source}: restored`)
    secret()
    return 0
  }

  const why = whyNoBackup(source)
  if (why !== undefined) throw new CicloError('bad-request', `${source}: ${why}`)
  const path = sqlitePath(databaseUrl)
  let aside: string | undefined
  try {
    aside = await restoreSqlite(source, path, { force, now: now() })
  } catch (cause) {
    throw new CicloError('bad-request', (cause as Error).message, { cause })
  }
  say(`${path}: restored from ${source}`)
  if (aside !== undefined) say(`${aside}: what was there before`)
  secret()
  return 0
}

export function addRestoreCommand(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  program
    .command('restore')
    .description('Put a backup in the place of the database')
    .argument('<file>', 'a backup, as `ciclo backup` makes them')
    .option('--force', 'also where there is a database already')
    .addHelpText('after', HELP)
    .action(async (file: string, options: { force?: boolean }) =>
      exitWith(await restore(file, options, surroundings)),
    )
}

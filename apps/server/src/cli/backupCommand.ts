import { chmodSync, copyFileSync, existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { findConfig } from '../config.ts'
import { CicloError } from '../errors.ts'
import { backupSqlite } from '../store/backupSqlite.ts'
import { sqlitePath } from '../store/openStore.ts'
import { expectWritable } from './expectWritable.ts'
import { createProgress } from './progress.ts'
import { postgresEnvironment, runPostgresTool, withoutPassword } from './postgresTool.ts'
import type { Surroundings } from './surroundings.ts'

const HELP = `
SQLite: a copy while the server runs, of what was committed when it began; it is checked (integrity_check) before it
gets its name. The signing secret goes beside it, as <file>.secret, readable by its owner only: without it the keys
and the links in sent mails would not work any more. Where CICLO_SECRET is set, keep that one yourself.
PostgreSQL: runs pg_dump where it is installed, and says the command otherwise.`

/** Copies the signing secret beside a backup. Says where it is kept otherwise. */
function backUpSecret(file: string, secretFile: string, isGiven: boolean): string {
  if (isGiven) return 'CICLO_SECRET is set: keep it beside the backup, it is not in there'
  if (!existsSync(secretFile)) return `${secretFile}: there is none, so none was copied`
  copyFileSync(secretFile, `${file}.secret`)
  chmodSync(`${file}.secret`, 0o600)
  return `${file}.secret: the signing secret, for nobody else's eyes`
}

async function backUp(file: string, surroundings: Surroundings): Promise<number> {
  const { environment, folder, say } = surroundings
  const { databaseUrl, givenSecret, secretFile } = findConfig(environment)
  const target = resolve(folder, file)
  if (existsSync(target)) throw new CicloError('bad-request', `${target}: there is such a file already`)
  expectWritable(target)
  const secret = () => say(backUpSecret(target, secretFile, givenSecret !== undefined))

  if (!databaseUrl.startsWith('file:')) {
    const args = ['--format=custom', `--file=${target}`]
    const code = await runPostgresTool('pg_dump', args, {
      ...environment,
      ...postgresEnvironment(databaseUrl),
    })
    if (code !== 0) {
      say(
        code === undefined
          ? 'pg_dump is not installed here. Where it is, this makes the backup (it asks for the password):'
          : `pg_dump has ended with ${code}. Its major version must be at least the server's; this was the command:`,
      )
      say(`  pg_dump ${args.join(' ')} --dbname='${withoutPassword(databaseUrl)}'`)
      return 1
    }
    say(`${target}: the backup`)
    secret()
    return 0
  }

  const path = sqlitePath(databaseUrl)
  if (!existsSync(path)) throw new CicloError('bad-configuration', `DATABASE_URL: there is no ${path}`)
  const progress = createProgress(surroundings, 'pages')
  try {
    await backupSqlite(path, target, (done, total) => progress.show(done, total === 0 ? 1 : done / total))
  } finally {
    progress.end()
  }
  say(`${target}: the backup, ${statSync(target).size.toLocaleString('en')} bytes, checked`)
  secret()
  return 0
}

export function addBackupCommand(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  program
    .command('backup')
    .description('Copy the database to a file, while the server runs')
    .argument('<file>', 'the backup; there must be none of that name yet')
    .addHelpText('after', HELP)
    .action(async (file: string) => exitWith(await backUp(file, surroundings)))
}

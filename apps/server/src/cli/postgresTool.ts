import { spawn } from 'node:child_process'

/** What `pg_dump` and its like read instead of a url on the command line, where every process could read the password. */
export function postgresEnvironment(databaseUrl: string): Record<string, string> {
  const url = new URL(databaseUrl)
  const values = {
    PGHOST: decodeURIComponent(url.searchParams.get('host') ?? url.hostname),
    PGPORT: url.port,
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGSSLMODE: url.searchParams.get('sslmode') ?? '',
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

/** The url as it may be shown. */
export function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.password = ''
  return url.href
}

/**
 * Runs one of PostgreSQL's own programs.
 *
 * @returns its exit code, or undefined where it is not installed
 */
export async function runPostgresTool(
  command: string,
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: environment, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(undefined)
      else reject(error)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}

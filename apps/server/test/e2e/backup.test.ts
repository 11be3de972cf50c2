import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { runCliIn, writeIn, type CliRun } from '../cli.support.ts'
import { createLoad } from '../support/createLoad.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { readStoredEvents } from '../support/readStoredEvents.ts'
import { startTestServer } from '../support/startTestServer.ts'

function newFolder(): string {
  const { path, remove } = createTestFolder()
  onTestFinished(remove)
  return path
}

it('a backup made while events come in, restored elsewhere, holds all that was acknowledged before, and nothing half', async () => {
  const folder = newFolder()
  const server = await startTestServer({ folder, environment: { CICLO_SECRET_KEY: undefined } })
  onTestFinished(async () => void (await server.kill()))
  // The key that a new database gets comes from its secret: after a restore it works only if that is restored, too.
  const secretKey = await vi.waitFor(() => {
    const found = /secret key +(\S+)/.exec(server.output())?.[1]
    if (found === undefined) throw new Error('No key was shown')
    return found
  })
  const load = createLoad(() => ({ url: server.url, secretKey }), { events: 50, bytes: 2_000 })
  for (let batch = 0; batch < 8; batch += 1) expect((await load.send()).status).toBe(200)

  const run = { ended: false }
  const sending = (async () => {
    while (!run.ended) expect((await load.send()).status).toBe(200)
  })()
  // So small a database may be copied between two answers: then again, until something was written meanwhile.
  let before: string[] = []
  let backup: CliRun | undefined
  for (let meanwhile = 0; meanwhile === 0; meanwhile = load.acknowledged.size - before.length) {
    rmSync(join(folder, 'copy.db'), { force: true })
    rmSync(join(folder, 'copy.db.secret'), { force: true })
    before = [...load.acknowledged]
    backup = await runCliIn(folder, ['backup', 'copy.db'])
    if (backup.code !== 0) break
  }
  run.ended = true
  await sending
  await server.stop()
  expect(backup).toMatchObject({ code: 0, warned: [] })
  expect(backup?.said.join()).toContain('copy.db: the backup')
  expect(statSync(join(folder, 'copy.db.secret')).mode & 0o777).toBe(0o600)
  expect(
    readdirSync(folder)
      .filter((name) => name.startsWith('copy.db'))
      .toSorted(),
  ).toEqual(['copy.db', 'copy.db.secret'])

  const elsewhere = newFolder()
  const restored = await runCliIn(elsewhere, ['restore', join(folder, 'copy.db')])
  expect(restored).toMatchObject({ code: 0, warned: [] })
  expect(statSync(join(elsewhere, 'secret')).mode & 0o777).toBe(0o600)
  const next = await startTestServer({ folder: elsewhere, environment: { CICLO_SECRET_KEY: undefined } })
  onTestFinished(async () => void (await next.kill()))
  const answer = await fetch(`${next.url}/api/customers?userId=load-user-1`, {
    headers: { authorization: `Bearer ${secretKey}` },
  })
  expect(await answer.json()).toMatchObject({ customers: [{ userId: 'load-user-1' }] })
  await next.stop()
  const stored = await readStoredEvents(`file:${join(elsewhere, 'ciclo.db')}`)
  expect(before.filter((messageId) => stored.get(messageId) !== 1)).toEqual([])
  // A batch of 50 is one transaction: none is there in part.
  const ours = [...stored.keys()].filter((messageId) => messageId.startsWith('load-'))
  expect(ours.length % 50).toBe(0)
  expect(ours.filter((messageId) => !load.acknowledged.has(messageId))).toEqual([])
})

it('a restore overwrites nothing that is used or that nobody said may go', async () => {
  const folder = newFolder()
  const server = await startTestServer({ folder })
  onTestFinished(async () => void (await server.kill()))
  expect((await runCliIn(folder, ['backup', 'copy.db'])).code).toBe(0)
  expect(await runCliIn(folder, ['backup', 'copy.db'])).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('there is such a file already')],
  })
  expect(await runCliIn(folder, ['restore', 'copy.db', '--force'])).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('a server or command uses it')],
  })
  const load = createLoad(() => server)
  await load.sendUntil(200)
  await server.stop()
  expect(await runCliIn(folder, ['restore', 'copy.db'])).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('--force')],
  })
  expect((await readStoredEvents(`file:${join(folder, 'ciclo.db')}`)).size).toBe(load.acknowledged.size)

  const forced = await runCliIn(folder, ['restore', 'copy.db', '--force'])
  expect(forced.code).toBe(0)
  expect((await readStoredEvents(`file:${join(folder, 'ciclo.db')}`)).size).toBe(0)
  const aside = readdirSync(folder).find((name) => /^ciclo\.db\.before-[^.]*$/.test(name)) ?? ''
  expect(forced.said.join('\n')).toContain(aside)
  expect((await readStoredEvents(`file:${join(folder, aside)}`)).size).toBe(load.acknowledged.size)
})

it.each<[string, (folder: string) => unknown, RegExp]>([
  ['no file', () => {}, /there is no such file/],
  [
    'a text',
    (folder) => writeIn(folder, 'backup.db', 'not a database at all'.repeat(100)),
    /no SQLite database/,
  ],
  [
    'a damaged copy',
    async (folder) => {
      expect((await runCliIn(folder, ['restore', await emptyBackup(folder)])).code).toBe(0)
      const bytes = readFileSync(join(folder, 'ciclo.db'))
      bytes.fill(0xff, 8 * 4_096, 24 * 4_096)
      writeFileSync(join(folder, 'backup.db'), bytes)
    },
    /damaged|no SQLite database/,
  ],
])('%s is not restored', async (_what, prepare, expected) => {
  const folder = newFolder()
  await prepare(folder)
  const { code, warned } = await runCliIn(folder, ['restore', 'backup.db', '--force'])
  expect(code).toBe(1)
  expect(warned.join()).toMatch(expected)
})

async function emptyBackup(folder: string): Promise<string> {
  const server = await startTestServer()
  const path = join(folder, 'empty.db')
  await runCliIn(server.folder, ['backup', path])
  await server.stop()
  return path
}

it('on PostgreSQL its own program is run, without the password among its arguments; or its command is said', async () => {
  const folder = newFolder()
  const environment = { DATABASE_URL: 'postgres://ciclo:pass%20word@db.example:5433/shop', PATH: folder }
  const missing = await runCliIn(folder, ['backup', 'copy.dump'], environment)
  expect(missing.code).toBe(1)
  expect(missing.said.join('\n')).toContain(
    `pg_dump --format=custom --file=${join(folder, 'copy.dump')} --dbname='postgres://ciclo@db.example:5433/shop'`,
  )
  expect(missing.said.join('\n')).not.toContain('pass%20word')
  for (const tool of ['pg_dump', 'pg_restore']) {
    const script = `#!/bin/sh\necho "$@" "$PGHOST $PGPORT $PGUSER $PGPASSWORD $PGDATABASE" > ${folder}/${tool}.args\n`
    writeFileSync(join(folder, tool), script)
    chmodSync(join(folder, tool), 0o755)
  }
  expect((await runCliIn(folder, ['backup', 'copy.dump'], environment)).code).toBe(0)
  expect(readFileSync(join(folder, 'pg_dump.args'), 'utf8').trim()).toBe(
    `--format=custom --file=${join(folder, 'copy.dump')} db.example 5433 ciclo pass word shop`,
  )
  expect((await runCliIn(folder, ['restore', 'copy.dump', '--force'], environment)).code).toBe(0)
  writeFileSync(join(folder, 'pg_dump'), '#!/bin/sh\nexit 3\n')
  const failed = await runCliIn(folder, ['backup', 'copy.dump'], environment)
  expect([failed.code, failed.said]).toEqual([
    1,
    [
      "pg_dump has ended with 3. Its major version must be at least the server's; this was the command:",
      missing.said[1],
    ],
  ])
  expect(readFileSync(join(folder, 'pg_restore.args'), 'utf8')).toMatch(
    /^--single-transaction --exit-on-error --no-owner --clean --if-exists --dbname=shop .*copy\.dump db\.example 5433/,
  )
  expect(existsSync(join(folder, 'data'))).toBe(false)
})

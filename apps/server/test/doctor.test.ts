import { chmodSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runDoctor } from '../src/cli/doctorCommand.ts'
import type { Finding } from '../src/doctor/finding.ts'
import type { RecordFinding } from '../src/sending/records/recordFinding.ts'
import { judgeAddress } from '../src/doctor/judgeAddress.ts'
import {
  judgeClock,
  judgeDisk,
  judgeLog,
  judgeMemory,
  judgeNode,
  judgeSecret,
  judgeTracker,
} from '../src/doctor/judgeMachine.ts'
import { judgeDomain, judgeSender, judgeSmtp } from '../src/doctor/judgeMail.ts'
import {
  judgeBacklog,
  judgeIntegrity,
  judgeLastEvents,
  judgeLease,
  judgeMigrations,
  judgeWorkspace,
} from '../src/doctor/judgeStore.ts'
import { realWorld, type World } from '../src/doctor/world.ts'
import { openStore } from '../src/store/openStore.ts'
import { newSenderRow } from '../src/sending/newSenderRow.ts'
import { saveSender } from '../src/store/queries/senders.ts'
import { ensureFirstWorkspace } from '../src/workspaces.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { createZone } from './support/createZone.ts'
import { LIFE_JOURNEYS } from './support/lifeJourneys.ts'
import { startTestServer } from './support/startTestServer.ts'

const MB = 1024 * 1024
const GB = 1024 * MB
const NOW = Date.UTC(2026, 0, 10)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const QUIET = {
  wakeAt: null,
  queued: 0,
  sending: 0,
  dueAt: null,
  parkedInputs: 0,
  parkedCustomers: 0,
  failingJobs: [],
  stoppedSenders: 0,
}
const SPF: RecordFinding = {
  check: 'spf',
  status: 'fail',
  found: 'shop.example has none',
  advice: 'Publish one',
  lookedUp: ['TXT shop.example'],
  seen: [],
  blocks: true,
}
const UNNAMED: RecordFinding = { ...SPF, check: 'dkim', status: 'warn', lookedUp: [] }

const statuses = (findings: Finding | Finding[]) =>
  [findings].flat().map(({ check, status }) => `${check} ${status}`)

describe('a finding', () => {
  it.each<[Finding | Finding[], string[]]>([
    [judgeNode('24.9.0'), ['node ok']],
    [judgeNode('22.1.0'), ['node fail']],
    [judgeMemory({ free: GB, total: 2 * GB }), ['memory ok']],
    [judgeMemory({ free: 100 * MB, total: GB }), ['memory warn']],
    [judgeDisk({ found: { free: 10 * GB, database: GB, log: 0 } }), ['disk ok']],
    [judgeDisk({ found: { free: 3 * GB, database: 4 * GB, log: 0 } }), ['disk warn']],
    [judgeDisk({ found: { free: 100 * MB, database: MB, log: 0 } }), ['disk fail']],
    [judgeDisk({ error: 'EACCES' }), ['disk warn']],
    [judgeLog(null), ['log ok']],
    [judgeLog(16 * MB), ['log ok']],
    [judgeLog(GB), ['log warn']],
    [judgeSecret('given', '/d/secret'), ['secret ok']],
    [judgeSecret('missing', '/d/secret'), ['secret warn']],
    [judgeSecret({ mode: 0o100600, length: 43 }, '/d/secret'), ['secret ok']],
    [judgeSecret({ mode: 0o100644, length: 43 }, '/d/secret'), ['secret warn']],
    [judgeSecret({ mode: 0o100600, length: 12 }, '/d/secret'), ['secret fail']],
    [judgeTracker(true), ['tracker ok']],
    [judgeTracker(false), ['tracker fail']],
    [judgeClock('x', { found: -900 }), ['clock (x) ok']],
    [judgeClock('x', { found: -9_000 }), ['clock (x) warn']],
    [judgeClock('x', { found: HOUR }), ['clock (x) fail']],
    [judgeClock('x', { error: 'away' }), ['clock (x) warn']],
    [judgeAddress({ url: undefined, answer: undefined }), ['public url warn']],
    [
      judgeAddress({ url: 'https://ciclo.shop.example', answer: { found: { isCiclo: true } } }),
      ['public url ok', 'public url answers ok'],
    ],
    [
      judgeAddress({ url: 'http://ciclo.shop.example', answer: { found: { isCiclo: false } } }),
      ['public url fail', 'public url answers fail'],
    ],
    [
      judgeAddress({ url: 'http://127.0.0.1:8080', answer: { error: 'no answer in 5 s' } }),
      ['public url warn', 'public url answers warn'],
    ],
    [judgeSmtp(undefined), ['smtp warn']],
    [
      judgeSmtp({ url: 'smtps://user:pass@mail.example', answer: { found: true } }),
      ['smtp ok', 'smtp encryption ok', 'smtp login ok'],
    ],
    [
      judgeSmtp({ url: 'smtp://mail.example', answer: { error: 'Invalid login' } }),
      ['smtp fail', 'smtp encryption warn', 'smtp login warn'],
    ],
    [judgeSmtp({ url: 'smtp://localhost:25', answer: { found: true } }), ['smtp ok']],
    [judgeDomain(undefined, false), ['mail from warn']],
    [judgeDomain([SPF, UNNAMED], false), ['spf fail', 'dkim ok']],
    [judgeDomain([SPF, UNNAMED], true), ['spf fail', 'dkim warn']],
    [
      judgeSender({ workspace: 'Shop', id: 'news', stopped: null, records: [SPF] }),
      ['sender news of Shop ok', 'spf of sender news of Shop fail'],
    ],
    [
      judgeSender({ workspace: 'Shop', id: 'news', stopped: 'bounces: 9 %', records: [] }),
      ['sender news of Shop fail'],
    ],
    [judgeIntegrity({ found: [] }), ['integrity ok']],
    [judgeIntegrity('skipped'), ['integrity ok']],
    [judgeIntegrity({ found: ['row 1 missing from index'] }), ['integrity fail']],
    [judgeIntegrity({ error: 'disk I/O error' }), ['integrity fail']],
    [judgeMigrations({ applied: 2, known: 2 }), ['migrations ok']],
    [judgeMigrations({ applied: null, known: 2 }), ['migrations ok']],
    [judgeMigrations({ applied: 1, known: 2 }), ['migrations warn']],
    [judgeMigrations({ applied: 3, known: 2 }), ['migrations fail']],
    [
      judgeBacklog(QUIET, NOW),
      ['timers ok', 'outbox ok', 'parked inputs ok', 'parked customers ok', 'jobs ok'],
    ],
    [
      judgeBacklog(
        {
          ...QUIET,
          wakeAt: NOW - 2 * MINUTE,
          dueAt: NOW - HOUR,
          parkedInputs: 3,
          parkedCustomers: 1,
          failingJobs: ['rejudge'],
        },
        NOW,
      ),
      ['timers warn', 'outbox fail', 'parked inputs warn', 'parked customers warn', 'jobs warn'],
    ],
    [
      judgeBacklog({ ...QUIET, wakeAt: NOW + HOUR, dueAt: NOW + HOUR }, NOW),
      ['timers ok', 'outbox ok', 'parked inputs ok', 'parked customers ok', 'jobs ok'],
    ],
    [judgeLease(undefined, NOW, 'sqlite'), ['loops warn']],
    [judgeLease({ holder: 'a', until: NOW - 1 }, NOW, 'sqlite'), ['loops warn']],
    [judgeLease({ holder: 'a', until: NOW + 1 }, NOW, 'sqlite'), ['loops ok']],
    [judgeLease(undefined, NOW, 'postgres'), ['loops ok']],
    [judgeLastEvents(new Map(), NOW), ['events of browsers warn', "events of the shop's server warn"]],
    [
      judgeLastEvents(
        new Map([
          ['public', NOW - MINUTE],
          ['secret', NOW - 50 * HOUR],
        ] as const),
        NOW,
      ),
      ['events of browsers ok', "events of the shop's server warn"],
    ],
    [
      judgeWorkspace({ name: 'Shop', address: 'Calle 1', error: undefined, liveJourneys: 2, emptyPools: [] }),
      ['journeys of Shop ok', 'coupons of Shop ok', 'postal address of Shop ok'],
    ],
    [
      judgeWorkspace({
        name: 'Shop',
        address: 'Calle 1',
        error: undefined,
        liveJourneys: 2,
        emptyPools: ['spring'],
      }),
      ['journeys of Shop ok', 'coupons of Shop warn', 'postal address of Shop ok'],
    ],
    [
      judgeWorkspace({ name: 'Shop', address: undefined, error: undefined, liveJourneys: 2, emptyPools: [] }),
      ['journeys of Shop ok', 'coupons of Shop ok', 'postal address of Shop warn'],
    ],
    [
      judgeWorkspace({ name: 'w1', address: undefined, error: 'ZodError', liveJourneys: 0, emptyPools: [] }),
      ['workspace w1 fail'],
    ],
  ])('%j is %j', (findings, expected) => {
    expect(statuses(findings)).toEqual(expected)
    // Whatever is not well comes with what to do.
    expect(
      [findings].flat().filter(({ status, advice }) => (status === 'ok') !== (advice === undefined)),
    ).toEqual([])
  })
})

async function run(
  folder: string,
  {
    environment = {},
    world = {},
    ...options
  }: Parameters<typeof runDoctor>[0] & {
    environment?: Record<string, string>
    world?: Partial<World>
  } = {},
) {
  const said: string[] = []
  const surroundings = {
    environment: { DATABASE_URL: `file:${join(folder, 'ciclo.db')}`, ...environment },
    folder,
    say: (line: string) => said.push(line),
    warn: () => {},
    terminal: undefined,
    now: Date.now,
  }
  const real = realWorld(Date.now)
  // The built tracker is not what these tests are about; the network must not be, either.
  const quiet = {
    isTrackerBuilt: () => true,
    txt: () => Promise.resolve({ error: 'no DNS' }),
    mx: () => Promise.resolve({ error: 'no DNS' }),
    addresses: () => Promise.resolve({ error: 'no DNS' }),
    reverse: () => Promise.resolve({ error: 'no DNS' }),
  }
  const code = await runDoctor({ ...options, json: true }, surroundings, { ...real, ...quiet, ...world })
  const { ok, findings } = JSON.parse(said.join('\n')) as { ok: boolean; findings: Finding[] }
  return { code, ok, byCheck: Object.fromEntries(findings.map((finding) => [finding.check, finding])) }
}

it('a server that runs is found well; without it the same folder says what is missing', async () => {
  const server = await startTestServer()
  onTestFinished(async () => void (await server.kill()))
  await server.api.send([
    { type: 'track', event: 'Order Completed', userId: 'u', properties: { order_id: '1' } },
  ])
  const environment = { PUBLIC_URL: server.url }
  const running = await run(server.folder, { environment })
  expect(running).toMatchObject({
    code: 0,
    ok: true,
    byCheck: {
      configuration: { status: 'ok' },
      secret: { status: 'ok' },
      database: { status: 'ok', found: 'sqlite, opens' },
      integrity: { status: 'ok' },
      migrations: { status: 'ok', found: 'current' },
      loops: { status: 'ok' },
      'public url answers': { status: 'ok', found: 'by Ciclo' },
      'clock (of the public url)': { status: 'ok' },
      'journeys of Shop': { status: 'ok' },
      'postal address of Shop': { status: 'warn' },
      "events of the shop's server": { status: 'ok' },
      'events of browsers': { status: 'warn', found: 'none yet' },
    },
  })

  const store = await openStore(`file:${join(server.folder, 'ciclo.db')}`)
  await store.write(async (tx) => {
    await tx.update(tx.tables.workspaces).set({ settings: { currency: 'no currency' } })
    await tx.update(tx.tables.leases).set({ until: 0 })
  })
  await store.close()
  chmodSync(join(server.folder, 'secret'), 0o644)
  const broken = await run(server.folder, { environment: { PUBLIC_URL: 'http://127.0.0.1:1' } })
  expect(broken.code).toBe(1)
  const failing = Object.values(broken.byCheck).filter(({ status }) => status === 'fail')
  expect(failing).toMatchObject([{ check: expect.stringMatching(/^workspace /) as string }])
  expect(broken.byCheck).toMatchObject({
    secret: { status: 'warn' },
    'public url answers': { status: 'warn' },
  })
})

it.each<[string, (folder: string) => void, Record<string, string>, string]>([
  ['a wrong variable', () => {}, { PORT: 'eighty' }, 'configuration'],
  [
    'a file that is no database',
    (folder) => writeFileSync(join(folder, 'ciclo.db'), 'not a database'.repeat(100)),
    {},
    'database',
  ],
  [
    'a PostgreSQL server that is away',
    () => {},
    { DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:1/x' },
    'database',
  ],
  ['an SMTP server that is away', () => {}, { SMTP_URL: 'smtp://user:secret-word@127.0.0.1:1' }, 'smtp'],
])('%s is a check that fails, and no crash', async (_what, prepare, environment, check) => {
  const { path, remove } = createTestFolder()
  onTestFinished(remove)
  prepare(path)
  const { code, byCheck } = await run(path, { environment })
  expect(code).toBe(1)
  expect(byCheck[check]).toMatchObject({ status: 'fail', advice: expect.any(String) as string })
  expect(JSON.stringify(byCheck)).not.toContain('secret-word')
})

it('a stopped sender fails, and what receivers look up of it is looked up', async () => {
  const { path, remove } = createTestFolder()
  onTestFinished(remove)
  const store = await openStore(`file:${join(path, 'ciclo.db')}`)
  const { id: workspaceId } = await ensureFirstWorkspace({
    store,
    secret: 'a secret of the tests, long enough',
    now: () => NOW,
    newId: () => 'w1',
    writeKey: undefined,
    secretKey: undefined,
    demo: false,
    journeys: LIFE_JOURNEYS,
  })
  const draft = newSenderRow({ workspaceId, id: 'news', purpose: 'marketing', now: NOW })
  await store.write(async (tx) => {
    const fromAddress = 'news@shop.example'
    await saveSender(tx, { ...draft, fromAddress, status: 'stopped', reason: 'bounces: 9 %' }, NOW)
    await saveSender(tx, { ...draft, id: 'draft' }, NOW)
  })
  await store.close()
  const { code, byCheck } = await run(path, {
    world: createZone({ 'shop.example': { txt: ['v=spf1 mx ~all'] } }),
  })
  expect(code).toBe(1)
  expect(byCheck).toMatchObject({
    'sender news of Shop': { status: 'fail', found: 'stopped: bounces: 9 %' },
    'spf of sender news of Shop': { status: 'ok' },
    'dmarc of sender news of Shop': {
      status: 'fail',
      advice: expect.stringContaining('TXT _dmarc.shop.example v=DMARC1; p=none') as string,
    },
  })
  expect(Object.keys(byCheck).filter((check) => check.includes('draft'))).toEqual([])
})

it('a server that never answers is left after a few seconds', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as { port: number }
  const { path, remove } = createTestFolder()
  onTestFinished(remove)
  // That it ends at all is the test: nothing there ever answers.
  const { byCheck } = await run(path, {
    environment: {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      MAIL_FROM: 'a@shop.example',
    },
  })
  expect(byCheck).toMatchObject({
    smtp: { status: 'fail' },
    'public url answers': { status: 'warn' },
    spf: { status: 'warn', found: 'could not look up shop.example: no DNS' },
  })
  silent.close()
})

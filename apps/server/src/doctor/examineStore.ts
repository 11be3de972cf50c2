import { existsSync } from 'node:fs'
import type { FoundConfig } from '../config.ts'
import { describeError } from '../describeError.ts'
import { createRulesCache } from '../ingest/rulesCache.ts'
import { PRESETS, type PresetId } from '../sending/presets.ts'
import { checkRecords } from '../sending/records/checkRecords.ts'
import type { Dns } from '../sending/records/dns.ts'
import { checkSqlite } from '../store/checkSqlite.ts'
import { postgresMigrations, sqliteMigrations } from '../store/migrationState.ts'
import { openStore, sqlitePath } from '../store/openStore.ts'
import { readBacklog } from '../store/queries/backlog.ts'
import { readPools } from '../store/queries/coupons.ts'
import { lastEvents, readLease, workspaceIds } from '../store/queries/diagnosis.ts'
import { readSenders, type SenderRow } from '../store/queries/senders.ts'
import { readJourneyVersions, readWorkspace } from '../store/queries/workspaces.ts'
import type { ReadTx, Store } from '../store/store.ts'
import { fail, ok, warn, type Finding } from './finding.ts'
import { judgeClock, judgeDisk, judgeLog } from './judgeMachine.ts'
import { judgeSender } from './judgeMail.ts'
import {
  judgeBacklog,
  judgeIntegrity,
  judgeLastEvents,
  judgeLease,
  judgeMigrations,
  judgeWorkspace,
  type WorkspaceFacts,
} from './judgeStore.ts'

/** A larger file is read through only when asked to: bytes. */
const QUICKLY_CHECKED = 2 * 1024 ** 3

async function examineWorkspace(tx: ReadTx, id: string): Promise<WorkspaceFacts> {
  try {
    const workspace = await readWorkspace(tx, id)
    // Compiling them finds what only a machine can be wrong about.
    await createRulesCache().rulesFor(tx, [id])
    const emptyPools = (await readPools(tx, id)).filter(({ free }) => free === 0).map(({ pool }) => pool)
    const liveJourneys = (await readJourneyVersions(tx, id)).filter(({ status }) => status === 'live').length
    return {
      name: workspace?.name ?? id,
      address: workspace?.settings.shop.address,
      error: undefined,
      liveJourneys,
      emptyPools,
    }
  } catch (error) {
    return { name: id, address: undefined, error: describeError(error), liveJourneys: 0, emptyPools: [] }
  }
}

/** What receivers look up of a sender, without what is sealed of it: that its key is the one that we sign with. */
async function examineSender(workspace: string, sender: SenderRow, dns: Dns): Promise<Finding[]> {
  const { id, status, reason, fromAddress, bounceDomain, dkim } = sender
  const records =
    fromAddress === null
      ? []
      : await checkRecords(dns, {
          from: fromAddress.slice(fromAddress.lastIndexOf('@') + 1),
          bounceDomain,
          host: null,
          user: null,
          preset: PRESETS[sender.preset as PresetId],
          dkim,
          dkimRecord: null,
        })
  const stopped = status === 'stopped' ? (reason ?? 'by hand') : null
  return judgeSender({ workspace, id, stopped, records })
}

async function examineTables(store: Store, now: number, dns: Dns): Promise<Finding[]> {
  const { name } = store.dialect
  const senders: { workspace: string; sender: SenderRow }[] = []
  const tables = await store.read(async (tx) => {
    const findings: Finding[] = []
    const ids = await workspaceIds(tx)
    for (const id of ids) {
      const facts = await examineWorkspace(tx, id)
      findings.push(...judgeWorkspace(facts))
      for (const sender of await readSenders(tx, id))
        if (sender.status !== 'draft') senders.push({ workspace: facts.name, sender })
    }
    if (ids.length === 0) findings.push(warn('workspace', 'there is none yet', 'The first start makes it'))
    findings.push(judgeLease(await readLease(tx, 'loops'), now, name))
    findings.push(...judgeBacklog(await readBacklog(tx), now))
    findings.push(...judgeLastEvents(await lastEvents(tx), now))
    return findings
  })
  // Other servers are asked when no transaction waits for them.
  const found = await Promise.all(
    senders.map(({ workspace, sender }) => examineSender(workspace, sender, dns)),
  )
  return [...tables, ...found.flat()]
}

/** All that can be said of the database without changing it. */
export async function examineStore(
  config: FoundConfig,
  { now, full, dns }: { now: number; full: boolean; dns: Dns },
): Promise<Finding[]> {
  const { databaseUrl } = config
  const isFile = databaseUrl.startsWith('file:')
  if (isFile && !existsSync(sqlitePath(databaseUrl)))
    return [warn('database', `${sqlitePath(databaseUrl)} is not there yet`, 'The first start makes it')]
  const findings: Finding[] = []
  try {
    const { clock, ...state } = isFile
      ? { ...sqliteMigrations(sqlitePath(databaseUrl)), clock: undefined }
      : await postgresMigrations(databaseUrl)
    const store = await openStore(databaseUrl, { readOnly: true })
    try {
      const { free, database, log } = await store.space()
      findings.push(ok('database', `${store.dialect.name}, opens`), judgeMigrations(state))
      if (clock !== undefined) findings.push(judgeClock('of the database', { found: clock - Date.now() }))
      if (free !== null) findings.push(judgeDisk({ found: { free, database, log } }), judgeLog(log))
      if (isFile) {
        const isLarge = database > QUICKLY_CHECKED
        findings.push(
          judgeIntegrity(
            isLarge && !full
              ? 'skipped'
              : { found: checkSqlite(sqlitePath(databaseUrl), full ? 'full' : 'quick') },
          ),
        )
      }
      if (state.applied !== null && state.applied <= state.known)
        findings.push(...(await examineTables(store, now, dns)))
    } finally {
      await store.close()
    }
  } catch (error) {
    const advice = isFile
      ? 'Can this user read it, and is the disk well? Else restore the last backup: docs/operate.md'
      : 'Is the server running, are user and password right, and does the database exist?'
    findings.push(fail('database', describeError(error), advice))
  }
  return findings
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { parkedContract } from './parked.contract.ts'

let folder: string
let databases = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ciclo-parked-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

parkedContract('a SQLite file', async () => `file:${join(folder, `${++databases}.db`)}`)

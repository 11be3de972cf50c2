import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { cicloContract } from './ciclo.contract.ts'

let folder: string
let databases = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ciclo-contract-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

cicloContract('a SQLite file', async () => `file:${join(folder, `${++databases}.db`)}`)

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { commerceContract } from './commerce.contract.ts'

let folder: string
let databases = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ciclo-commerce-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

commerceContract('a SQLite file', async () => `file:${join(folder, `${++databases}.db`)}`)

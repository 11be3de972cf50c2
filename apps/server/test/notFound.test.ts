import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

let folder: string
let test: TestCiclo
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ciclo-not-found-'))
  test = await createTestCiclo({ databaseUrl: `file:${folder}/ciclo.db`, smtpUrl: 'smtp://127.0.0.1:9' })
})
afterAll(async () => {
  await test.stop()
  rmSync(folder, { recursive: true, force: true })
})

const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'

describe('an address at which nothing is', () => {
  it.each([
    ['is a page for a person', '/nowhere', browser, 'text/html'],
    ['is a problem for a program', '/nowhere', '*/*', 'application/problem+json'],
    ['is a problem below the ingest, whoever asks', '/v1/nowhere', browser, 'application/problem+json'],
  ])('%s', async (_name, path, accept, type) => {
    const { status, headers } = await test.ciclo.app.request(path, { headers: { accept } })
    expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([404, type])
  })
})

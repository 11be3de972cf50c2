import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { addJourneyTestCommand } from '../src/cli/journeyTestCommand.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const { path: folder, remove } = createTestFolder()
afterAll(remove)

/** What `ciclo journey test` says, and its exit code. */
async function run(...files: string[]): Promise<{ said: string[]; code: number | undefined }> {
  const said: string[] = []
  let code: number | undefined
  const journey = new Command('journey')
  const say = (line: string) => void said.push(line)
  const surroundings = { environment: {}, folder, say, warn: say, terminal: undefined, now: Date.now }
  addJourneyTestCommand(journey, surroundings, (given) => {
    code = given
  })
  await journey.parseAsync(['test', ...files], { from: 'user' })
  return { said, code }
}

const fixture = (template: string) => `
journey: vip
start: 2026-03-02T09:00:00Z
cases:
  - name: an order above the line
    customer: { email: ann@example.com, permission: subscribed }
    events: [{ at: +0, name: Order Completed, properties: { order_id: o1, total: 600 } }]
    until: +1d
    expect: { sends: [{ at: +0, template: ${template} }] }
`

describe('ciclo journey test', () => {
  it('runs the fixtures of all shipped journeys where none is named', async () => {
    const { said, code } = await run()
    expect(said.at(-1)).toMatch(/^\d{3} passed, 0 failed$/)
    expect(code).toBe(0)
  })

  it('runs those that are named, and tells which did not pass, and how', async () => {
    writeFileSync(join(folder, 'good.yaml'), fixture('vip'))
    writeFileSync(join(folder, 'bad.yaml'), fixture('welcome'))
    expect(await run('good.yaml', 'bad.yaml')).toEqual({
      said: [
        'ok   good.yaml: 1 of 1',
        'FAIL bad.yaml: 0 of 1',
        'bad.yaml:5: an order above the line',
        '  sends: - expected, + got',
        '    - +0s        Mon 2026-03-02 09:00  welcome',
        '    + +0s        Mon 2026-03-02 09:00  vip',
        '1 passed, 1 failed',
      ],
      code: 1,
    })
  })

  it('takes no fixture for a failure', async () => {
    const { said, code } = await run('none.yaml')
    expect(said.join('\n')).toMatch(/^none\.yaml: cannot be read/)
    expect(code).toBe(1)
  })
})

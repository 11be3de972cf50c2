import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MESSAGE_REASONS, readReason } from '../../src/messageReasons.ts'

const SOURCES = [
  '../../src/loops/attemptRecords.ts',
  '../../src/loops/claimAndDecide.ts',
  '../../src/loops/decideOnClaim.ts',
  '../../src/loops/settleDoubts.ts',
  '../../src/loops/handOver.ts',
  '../../src/campaigns/campaignPages.ts',
  '../../src/store/queries/cancelMessage.ts',
  '../../../../packages/engine/src/policy.ts',
  '../../../../packages/engine/src/journeys/messageOf.ts',
]

/** Not of a message: the states that stand where a reason could, and what the tests of a stream are called. */
const known = new Set(Object.values(MESSAGE_REASONS).flat())

/** Every literal that a source writes as a reason, and every name of the unions of the policy. */
function reasonsIn(source: string): string[] {
  const written = source.matchAll(/\breason(?::| =)[^\n]*/g)
  const said = Array.from(written, ([line]) =>
    Array.from(line.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g), ([, one = '']) => one),
  )
  const refused = Array.from(source.matchAll(/\brefuse\('([a-z-]+)'\)/g), ([, one = '']) => one)
  const constants = Array.from(
    source.matchAll(/export const CANCELLED = '([a-z-]+)'/g),
    ([, one = '']) => one,
  )
  return [...said.flat(), ...refused, ...constants]
}

const STATES = new Set(['bounce', 'expired', 'refused', 'wait', 'refuse', 'hold', 'sent', 'queued'])

it.each(SOURCES)('Every reason that %s writes is in the list, which has words in the studio', (path) => {
  const source = readFileSync(new URL(path, import.meta.url), 'utf8')
  const reasons = reasonsIn(source).filter((reason) => !STATES.has(reason))
  const rendered = source.includes('`render: ${') ? ['render'] : []
  expect([...reasons, ...rendered].length, 'reasons that were found').toBeGreaterThan(0)
  for (const reason of [...reasons, ...rendered]) expect(known, reason).toContain(reason)
})

it.each([
  ['bounced', 'bounced', null],
  ['run-exit:ordered', 'run-exit', 'ordered'],
  ['run-ended-by:win-back', 'run-ended-by', 'win-back'],
  ['render: Error: a: b', 'render', 'Error: a: b'],
])('Reads %s as its parts', (reason, code, detail) => {
  expect(readReason(reason)).toEqual({ code, detail })
})

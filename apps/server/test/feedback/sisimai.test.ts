import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseReport } from '../../src/feedback/parseReport.ts'
import { createTestFolder } from '../support/createTestFolder.ts'
import { readSample, sampleNames } from './readSample.ts'

const SCRIPT = fileURLToPath(new URL('readWithSisimai.pl', import.meta.url))

const FoundSchema = z.array(
  z.object({
    recipient: z.string(),
    action: z.string(),
    status: z.string(),
    reason: z.string(),
    isHard: z.boolean(),
    feedbackType: z.string(),
    messageId: z.string(),
  }),
)
type Found = z.infer<typeof FoundSchema>

/** Their reasons for ours. What a filter refused after all is one or the other: theirs leaves it open. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  userunknown: ['hard'],
  hostunknown: ['hard'],
  filtered: ['hard', 'soft'],
  mailboxfull: ['soft'],
  expired: ['soft'],
  blocked: ['blocked'],
  policyviolation: ['blocked'],
}

/** Where we differ, and why. */
const GUESSED_AT =
  'they read the words of people and of servers with a form of their own; we leave those to people'
const DIFFERENT: Readonly<Record<string, string>> = {
  'qmail-like': GUESSED_AT,
  'arf-redacted': 'they take none whose recipient is not named; our token in it names the mail',
  'utf8-rfc6533': 'they do not know RFC 6533',
}

const missing = spawnSync('perl', ['-MSisimai', '-e', '1'], { encoding: 'utf8' })
const why = missing.error?.message ?? (missing.status === 0 ? undefined : missing.stderr.split('\n')[0])
if (why !== undefined) process.stderr.write(`The comparison with Sisimai is skipped: ${why}\n`)

const folder = createTestFolder()
afterAll(() => folder.remove())

/** What Sisimai makes of each sample, all in one run. */
function readAll(): ReadonlyMap<string, Found> {
  const files = sampleNames().map((name) => {
    const file = join(folder.path, `${name}.eml`)
    writeFileSync(file, readSample(name))
    return { name, file }
  })
  const { stdout, stderr } = spawnSync('perl', [SCRIPT, ...files.map(({ file }) => file)], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  const lines = stdout.trimEnd().split('\n')
  return new Map(files.map(({ name }, place) => [name, FoundSchema.parse(JSON.parse(lines[place] ?? ''))]))
}

describe.skipIf(why !== undefined)('Sisimai, a parser that is not ours, says the same', () => {
  const all = why === undefined ? readAll() : new Map<string, Found>()

  it.each(sampleNames())('of %s', async (name) => {
    const theirs = all.get(name) ?? []
    const ours = await parseReport(readSample(name))
    if (DIFFERENT[name] === GUESSED_AT) return expect(ours.kind, GUESSED_AT).toBe('unknown')
    if (name in DIFFERENT) return expect(theirs, DIFFERENT[name]).toEqual([])
    if (ours.kind === 'auto-reply') return expect(theirs.map(({ reason }) => reason)).toEqual(['vacation'])
    if (ours.kind === 'unknown') return expect(theirs).toEqual([])
    if (ours.kind === 'complaint') {
      const { feedbackType, recipients, pointers } = ours
      expect(theirs.map((found) => found.feedbackType)).toEqual([feedbackType])
      expect(pointers.messageIds).toEqual(theirs.map(({ messageId }) => messageId))
      // They take one from the mail's own To where the report names none.
      return expect(theirs.map(({ recipient }) => recipient)).toEqual(expect.arrayContaining([...recipients]))
    }
    const { recipients, pointers } = ours
    expect(recipients.map(({ finalRecipient, action, status }) => [finalRecipient, action, status])).toEqual(
      theirs.map(({ recipient, action, status }) => [recipient, action, status]),
    )
    for (const [place, { meaning }] of recipients.entries()) {
      const { reason = '', isHard } = theirs[place] ?? {}
      if (meaning === null) continue
      expect(MEANINGS[reason], reason).toContain(meaning)
      if (reason !== 'filtered') expect(meaning === 'hard').toBe(isHard)
    }
    const ids = theirs.map(({ messageId }) => messageId).filter((id) => id !== '')
    expect([...pointers.messageIds]).toEqual([...new Set(ids)])
  })

  it('or has a reason why not, for a sample that there is', () => {
    expect(sampleNames()).toEqual(expect.arrayContaining(Object.keys(DIFFERENT)))
  })
})

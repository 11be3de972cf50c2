import { createPublicKey } from 'node:crypto'
import { dkimName, publishedKey } from '../dkimKeys.ts'
import type { Dns } from './dns.ts'
import { isAligned, type DmarcFacts } from './findDmarc.ts'
import {
  doubtful,
  unanswered,
  unknown,
  well,
  wrong,
  type RecordFinding,
  type RecordToSet,
} from './recordFinding.ts'

export interface DkimWanted {
  /** The domain of the from address. */
  from: string
  dmarc: DmarcFacts | undefined
  /** By which keys mails are signed; one of several is enough. */
  signed: readonly { domain: string; selector: string }[]
  /** What must stand there, where we sign ourselves. */
  record: RecordToSet | undefined
  /** What to say where nobody knows who signs. */
  unnamed: { found: string; advice: string; isWrong: boolean }
}

function bitsOf(p: string): number | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(p, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyDetails?.modulusLength
  } catch {
    return undefined
  }
}

/** Whether receivers find the key that mails are signed with, and take it for that of the from address (RFC 6376). */
export async function judgeDkim(dns: Dns, wanted: DkimWanted): Promise<RecordFinding> {
  const { from, dmarc, signed, record, unnamed } = wanted
  const names = signed.map(dkimName)
  const told = { check: 'dkim' as const, lookedUp: names.map((name) => `TXT ${name}`), seen: [] as string[] }
  if (names.length === 0) return (unnamed.isWrong ? wrong : doubtful)(told, unnamed.found, unnamed.advice)
  const answers = await Promise.all(names.map((name) => dns.txt(name)))
  const found = answers.flatMap((answer) => ('found' in answer ? answer.found : []))
  const keys = found.flatMap((text) => publishedKey(text) ?? [])
  const at = { ...told, seen: found }
  const where = names.join(' and ')
  if (keys.length === 0) {
    const failed = answers.find((answer) => 'error' in answer)
    if (failed && 'error' in failed) return unknown(at, unanswered(where, failed.error))
    return wrong(
      at,
      found.length === 0 ? `${where} has none` : `what stands at ${where} is no key`,
      record ? 'Publish the key that mails are signed with' : 'Publish what your provider shows you for it',
      record,
    )
  }
  if (record && keys.length > 1)
    return wrong(at, `${where} has ${keys.length} keys`, 'There must be one: receivers may take any', record)
  const [key = { p: '', k: '', isTest: false }] = keys.filter(({ p }) => p !== '')
  if (key.p === '') return wrong(at, 'it was taken back: its key is empty', 'Publish a key again', record)
  if (record && publishedKey(record.value)?.p !== key.p)
    return wrong(
      at,
      'another key stands there than mails are signed with',
      'Publish this one, or import the key of that record',
      record,
    )
  const bits = key.k === 'rsa' ? bitsOf(key.p) : undefined
  if (key.k === 'rsa' && bits === undefined)
    return wrong(at, 'its key cannot be read', 'Publish it again: a character may be missing', record)
  const strange = signed.filter(
    ({ domain }) => !isAligned(domain, from, dmarc?.alignment.dkim ?? 'relaxed', dmarc?.domain),
  )
  if (strange.length === signed.length)
    return wrong(
      at,
      `mails are signed for ${strange[0]?.domain}, and come from ${from}`,
      `Sign them for ${from}: DMARC asks for the same domain`,
    )
  if (bits !== undefined && bits < 1_024)
    return wrong(at, `its key has ${bits} bits`, 'Make one of 2048: receivers take none below 1024')
  if (bits !== undefined && bits < 2_048)
    return doubtful(at, `its key has ${bits} bits`, 'Make one of 2048 when you can')
  if (key.k === 'ed25519')
    return doubtful(
      at,
      'its key is Ed25519, which many receivers do not know',
      'Sign with RSA: to them such a mail is not signed at all',
    )
  if (key.isTest)
    return doubtful(at, 'it says t=y, a test', 'Take t=y out: receivers may treat signed mails as unsigned')
  return well(at, `${where}${record ? ', the key that mails are signed with' : ', a key'}`)
}

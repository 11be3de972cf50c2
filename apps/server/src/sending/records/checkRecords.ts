import type { Preset } from '../presets.ts'
import { rememberDns, type Dns } from './dns.ts'
import { findDmarc } from './findDmarc.ts'
import { judgeDkim } from './judgeDkim.ts'
import { judgeSpf, publicAddresses } from './judgeSpf.ts'
import {
  doubtful,
  unanswered,
  unknown,
  well,
  wrong,
  type RecordFinding,
  type RecordToSet,
} from './recordFinding.ts'

/** A sender, as receivers see it. */
export interface SeenSender {
  /** The domain of the from address. */
  from: string
  /** Where mails come back to; null: to the from address. */
  bounceDomain: string | null
  /** The mail server's name; null where it is unknown. */
  host: string | null
  /** The user that we log in as: some providers put its domain on the envelope. */
  user: string | null
  preset: Preset
  dkim: { domain: string; selector: string } | null
  /** What must be published of the key that we sign with; null where the server signs. */
  dkimRecord: { name: string; value: string } | null
}

const isThere = (found: readonly string[]) => found.some((name) => name !== '' && name !== '.')

async function judgeDmarc(dns: Dns, from: string) {
  const dmarc = await findDmarc(dns, from)
  const facts = 'found' in dmarc ? dmarc.found : undefined
  const told = {
    check: 'dmarc' as const,
    lookedUp: [
      `TXT _dmarc.${from}`,
      ...(facts && facts.domain !== from ? [`TXT _dmarc.${facts.domain}`] : []),
    ],
    seen: facts ? [facts.record] : 'several' in dmarc ? dmarc.several : [],
  }
  const set: RecordToSet = {
    type: 'TXT',
    name: `_dmarc.${from}`,
    value: `v=DMARC1; p=none; rua=mailto:dmarc@${from}`,
  }
  const finding = (): RecordFinding => {
    if ('error' in dmarc) return unknown(told, unanswered(`_dmarc.${from}`, dmarc.error))
    if ('several' in dmarc)
      return wrong(
        told,
        `there are ${dmarc.several.length}`,
        'There must be one: with more, receivers take none',
      )
    if (!facts)
      return wrong(told, `${from} has none`, 'Publish one: Gmail, Yahoo and Microsoft ask for it', set)
    return /^(none|quarantine|reject)$/.test(facts.policy)
      ? well(told, `p=${facts.policy}${facts.domain === from ? '' : `, of ${facts.domain}`}`)
      : wrong(told, `its policy is "${facts.policy}"`, 'Expected p=none, p=quarantine or p=reject', set)
  }
  return { facts, finding: finding() }
}

async function judgeMx(dns: Dns, { from, bounceDomain, preset }: SeenSender): Promise<RecordFinding[]> {
  const look = async (
    check: 'mx' | 'bounces',
    domain: string,
    missing: 'wrong' | 'doubtful',
    advice: string,
  ) => {
    const answer = await dns.mx(domain)
    const told = { check, lookedUp: [`MX ${domain}`], seen: 'found' in answer ? answer.found : [] }
    if ('error' in answer)
      return { ...unknown(told, unanswered(domain, answer.error)), blocks: missing === 'wrong' }
    if (isThere(answer.found)) return well(told, answer.found.join(', '))
    return (missing === 'wrong' ? wrong : doubtful)(told, `${domain} has none`, advice)
  }
  const answers = look(
    'mx',
    from,
    'doubtful',
    'Without one nobody can answer, and some servers refuse your mails',
  )
  if (bounceDomain === null || preset.ownsBounces) return [await answers]
  const advice = `Publish an MX that leads to where Ciclo takes mails that come back, or leave bounceDomain out`
  return [await answers, await look('bounces', bounceDomain, 'wrong', advice)]
}

/** Receivers ask for the name of the address that a mail comes from, and whether that name has this address. */
async function judgeReverse(dns: Dns, host: string | null): Promise<RecordFinding[]> {
  const addresses = await publicAddresses(dns, host)
  return await Promise.all(
    addresses.map(async (address) => {
      const answer = await dns.reverse(address)
      const told = {
        check: 'ptr' as const,
        lookedUp: [`PTR ${address}`],
        seen: 'found' in answer ? answer.found : [],
      }
      const advice = 'Ask whoever gave you the address: a name whose own address is this one'
      if ('error' in answer) return { ...unknown(told, unanswered(address, answer.error)), blocks: false }
      const [name] = answer.found
      if (name === undefined) return doubtful(told, `${address} has no name`, advice)
      const back = await dns.addresses(name)
      return 'found' in back && back.found.includes(address)
        ? well(told, `${address} is ${name}`)
        : doubtful(told, `${address} calls itself ${name}, which is another`, advice)
    }),
  )
}

/** Looks up all that receivers look up of a sender. Changes nothing. */
export async function checkRecords(anyDns: Dns, sender: SeenSender): Promise<RecordFinding[]> {
  const dns = rememberDns(anyDns)
  const { from, bounceDomain, host, user, preset, dkim, dkimRecord } = sender
  // Mailgun sends from the domain of its user.
  const ofUser = preset.spfOfUser ? (user?.split('@')[1] ?? from) : from
  const { facts: dmarc, finding: dmarcFinding } = await judgeDmarc(dns, from)
  const ownSelectors = preset.selectors.map((selector) => ({ domain: from, selector }))
  const [spf, dkimFinding, mx, ptr] = await Promise.all([
    judgeSpf(dns, {
      domain: preset.ownsBounces ? ofUser : (bounceDomain ?? from),
      host,
      provider:
        preset.spf === null ? null : { name: preset.name, include: preset.spf, isNeeded: preset.spfOfUser },
    }),
    judgeDkim(dns, {
      from,
      dmarc,
      signed: dkim ? [dkim] : ownSelectors,
      record: dkimRecord ? { type: 'TXT', ...dkimRecord } : undefined,
      unnamed: preset.ownsBounces
        ? {
            found: `not looked up: nobody has named the selector under which ${preset.name} signs`,
            advice: `Set dkim to { "selector": "..." }, as ${preset.name} shows it`,
            isWrong: false,
          }
        : {
            found: 'nobody is known to sign',
            advice: 'Make a key, or set dkim to { "selector": "..." } where your mail server signs',
            isWrong: true,
          },
    }),
    judgeMx(dns, sender),
    preset.ownsBounces ? [] : judgeReverse(dns, host),
  ])
  return [spf, dkimFinding, dmarcFinding, ...mx, ...ptr]
}

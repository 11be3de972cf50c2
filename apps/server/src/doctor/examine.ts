import { findConfig, type FoundConfig } from '../config.ts'
import { CicloError } from '../errors.ts'
import { examineStore } from './examineStore.ts'
import { fail, ok, type Finding } from './finding.ts'
import { judgeAddress } from './judgeAddress.ts'
import { judgeClock, judgeMemory, judgeNode, judgeSecret, judgeTracker } from './judgeMachine.ts'
import { judgeDomain, judgeSmtp, type DomainFacts } from './judgeMail.ts'
import type { World } from './world.ts'

export interface ExamineOptions {
  environment: Record<string, string | undefined>
  world: World
  /** Of DKIM, where it is known. */
  selector?: string
  /** Read a large database through, and compare its indexes with its tables. */
  full?: boolean
}

async function lookUpDomain(
  world: World,
  domain: string,
  selector: string | undefined,
): Promise<DomainFacts> {
  const [spf, dkim, dmarc, mx] = await Promise.all([
    world.txt(domain),
    selector === undefined ? undefined : world.txt(`${selector}._domainkey.${domain}`),
    world.txt(`_dmarc.${domain}`),
    world.mx(domain),
  ])
  return { domain, spf, dkim, dmarc, mx }
}

async function examineNetwork(config: FoundConfig, world: World, selector: string | undefined) {
  const { publicUrl, smtpUrl, mailFrom } = config
  const [health, smtp, domain] = await Promise.all([
    publicUrl === undefined ? undefined : world.askHealth(publicUrl),
    smtpUrl === undefined
      ? undefined
      : world.verifySmtp(smtpUrl).then((answer) => ({ url: smtpUrl, answer })),
    mailFrom && lookUpDomain(world, mailFrom.address.split('@')[1] ?? '', selector),
  ])
  const findings = [
    ...judgeAddress({ url: publicUrl, answer: health }),
    ...judgeSmtp(smtp),
    ...judgeDomain(domain),
  ]
  if (health && 'found' in health && health.found.date !== undefined)
    findings.push(judgeClock('of the public url', { found: health.found.date - world.now() }))
  return findings
}

/** Looks at everything that can be looked at, and changes nothing. Never throws, and ends in time. */
export async function examine(options: ExamineOptions): Promise<Finding[]> {
  const { environment, world, selector, full = false } = options
  const machine = [
    judgeNode(world.nodeVersion),
    judgeMemory(world.memory()),
    judgeTracker(world.isTrackerBuilt()),
  ]
  let config: FoundConfig
  try {
    config = findConfig(environment)
  } catch (error) {
    if (!(error instanceof CicloError)) throw error
    return [fail('configuration', error.message, 'Correct that variable'), ...machine]
  }
  const secret =
    config.givenSecret === undefined ? (world.secretFile(config.secretFile) ?? 'missing') : 'given'
  const [store, network] = await Promise.all([
    examineStore(config, world.now(), full),
    examineNetwork(config, world, selector),
  ])
  return [
    ok('configuration', 'readable'),
    ...machine,
    judgeSecret(secret, config.secretFile),
    ...store,
    ...network,
  ]
}

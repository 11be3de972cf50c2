import { findConfig, type FoundConfig } from '../config.ts'
import { CicloError } from '../errors.ts'
import { PRESETS, presetOfHost } from '../sending/presets.ts'
import { checkRecords } from '../sending/records/checkRecords.ts'
import { examineStore } from './examineStore.ts'
import { fail, ok, type Finding } from './finding.ts'
import { judgeAddress } from './judgeAddress.ts'
import { judgeClock, judgeMemory, judgeNode, judgeSecret, judgeTracker } from './judgeMachine.ts'
import { judgeDomain, judgeSmtp } from './judgeMail.ts'
import type { World } from './world.ts'

export interface ExamineOptions {
  environment: Record<string, string | undefined>
  world: World
  /** Of DKIM, where it is known. */
  selector?: string
  /** Read a large database through, and compare its indexes with its tables. */
  full?: boolean
}

async function examineNetwork(config: FoundConfig, world: World, selector: string | undefined) {
  const { publicUrl, smtpUrl, mailFrom } = config
  const server = smtpUrl === undefined ? undefined : new URL(smtpUrl)
  const from = mailFrom?.address.split('@')[1] ?? ''
  const [health, smtp, records] = await Promise.all([
    publicUrl === undefined ? undefined : world.askHealth(publicUrl),
    smtpUrl === undefined
      ? undefined
      : world.verifySmtp(smtpUrl).then((answer) => ({ url: smtpUrl, answer })),
    mailFrom &&
      checkRecords(world, {
        from,
        bounceDomain: null,
        host: server?.hostname ?? null,
        user: server ? decodeURIComponent(server.username) : null,
        preset: PRESETS[presetOfHost(server?.hostname ?? '')],
        dkim: selector === undefined ? null : { domain: from, selector },
        dkimRecord: null,
      }),
  ])
  const findings = [
    ...judgeAddress({ url: publicUrl, answer: health }),
    ...judgeSmtp(smtp),
    ...judgeDomain(records, selector !== undefined),
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
    examineStore(config, { now: world.now(), full, dns: world }),
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

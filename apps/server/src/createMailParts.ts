import { createRenderPool } from '@ciclo/templates'
import { createReadVariantStrings } from './campaigns/readVariantStrings.ts'
import type { CicloOptions } from './ciclo.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { RulesCache } from './ingest/rulesCache.ts'
import { createSender } from './loops/sender.ts'
import { createBounceAddresses } from './mail/bounceAddress.ts'
import { createComposeMail } from './mail/composeMail.ts'
import { createMailLinks } from './mail/mailLinks.ts'
import { createReadMailData } from './mail/readMailData.ts'
import { createRenderMessage } from './mail/renderMessage.ts'
import { createTemplateCache } from './mail/templateCache.ts'
import type { Metrics } from './metrics/createMetrics.ts'
import type { HashAddress } from './sending/policyFactsOf.ts'
import { createSenderHealth } from './sending/senderHealth.ts'
import { createSenders } from './sending/senders.ts'
import { createSendDirectly } from './sending/sendDirectly.ts'
import { createSendTest } from './sending/sendTest.ts'
import { createServerBreakers } from './sending/serverBreakers.ts'
import { createTransports } from './sending/transports.ts'
import type { Tokens } from './tokens.ts'

type Given = Pick<
  CicloOptions,
  'store' | 'secret' | 'clock' | 'random' | 'newId' | 'log' | 'smtpUrl' | 'from' | 'publicUrl' | 'renderPool'
>

export interface MailPartsOptions extends Given {
  now: () => number
  ingest: Ingest
  rules: RulesCache
  tokens: Tokens
  addressHash: HashAddress
  /** The shop's address where the workspace has not said its own. */
  shopUrl: () => string
  metrics: Metrics
  onError: (where: string) => (error: unknown) => void
}

/** What makes a mail of a message and hands it over: templates, links, senders, servers, and the loop that sends. */
export function createMailParts(options: MailPartsOptions) {
  const { store, secret, clock, random, newId, log, publicUrl } = options
  const { now, ingest, rules, tokens, addressHash, shopUrl, metrics, onError } = options
  const linksOf = createMailLinks({ tokens, publicUrl })
  const renderPool = options.renderPool ?? createRenderPool()
  const templates = createTemplateCache({ store, pool: renderPool })
  const readMailData = createReadMailData(store, now)
  const renderMessage = createRenderMessage({
    templates,
    readMailData,
    readVariantStrings: createReadVariantStrings(store),
    shopUrl,
  })
  const bounceAddresses = createBounceAddresses(secret)
  const composeMail = createComposeMail({ renderMessage, linksOf, bounceAddresses, now })
  const senders = createSenders({ secret, smtpUrl: options.smtpUrl, from: options.from })
  const breakers = createServerBreakers({
    now,
    random,
    onAway: (server, reason) => log.warn({ server, reason }, 'The mail server is away: mails wait for it'),
    onBack: (server) => log.info({ server }, 'The mail server is back'),
  })
  metrics.watchServers(() => breakers.away())
  const transports = createTransports({ now })
  const sendDirectly = createSendDirectly({ transports, now })
  const sendTest = createSendTest(sendDirectly)
  const senderHealth = createSenderHealth({
    store,
    senders,
    now,
    newId,
    onStopped: (stream) => {
      metrics.streamStopped(stream)
      log.error(stream, 'A stream was stopped: its mails wait until somebody lets them go on')
    },
    onError: onError('sender-health'),
  })
  const sender = createSender({
    store,
    ingest,
    rules,
    clock,
    random,
    senders,
    breakers,
    transports,
    composeMail,
    afterCrash: (workspaceId, template) => templates.afterCrash(workspaceId, template),
    hashAddress: addressHash,
    onError: onError('sender'),
    onAttempted: metrics.attempted,
    onEnded: metrics.ended,
  })
  return {
    templates,
    renderPool,
    readMailData,
    renderMessage,
    linksOf,
    bounceAddresses,
    senders,
    sendDirectly,
    sendTest,
    sender,
    senderHealth,
    stop: async () => {
      await senderHealth.settled()
      await templates.stop()
      transports.close()
    },
  }
}

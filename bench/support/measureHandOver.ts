import { generateKeyPairSync } from 'node:crypto'
import nodemailer from 'nodemailer'
import type { EventInput } from '@ciclo/engine'
import { createSeal } from '../../apps/server/src/sending/createSeal.ts'
import { newSenderRow } from '../../apps/server/src/sending/newSenderRow.ts'
import { sealedPlace } from '../../apps/server/src/sending/senders.ts'
import { saveSender } from '../../apps/server/src/store/queries/senders.ts'
import type { ComposedMail } from '../../apps/server/src/mail/composeMail.ts'
import { inTurns, perSecond, reportPair, type Report } from './inTurns.ts'
import { openCiclo, SECRET } from './openCiclo.ts'
import { startSink } from './startSink.ts'
import { withFolder } from './withFolder.ts'

const MAILS = 1_000
/** As many connections as the sender has. */
const CONNECTIONS = 10
const DOMAIN = 'shop.test'
const SELECTOR = 'bench'
/** What nodemailer leaves out of its own list. */
const SIGNED =
  'from:to:subject:date:message-id:mime-version:content-type:list-id:list-unsubscribe:list-unsubscribe-post:feedback-id'

/** With the secret key this proves the address and the permission, which starts the welcome journey at once. */
function subscription(name: string): EventInput {
  const at = Date.now()
  return {
    kind: 'event',
    id: `subscribed-${name}`,
    at,
    receivedAt: at,
    source: 'secret',
    event: {
      type: 'track',
      name: 'Subscribed',
      userId: name,
      properties: { email: `${name}@customer.test` },
      traits: {},
      context: {},
    },
  }
}

/** Mails as bare nodemailer sends them: built and signed on the thread that calls it, over as many connections. */
function createBareSender(smtpUrl: string, privateKey: string, mail: ComposedMail) {
  const { content } = mail
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
    dkim: { domainName: DOMAIN, keySelector: SELECTOR, privateKey, headerFieldNames: SIGNED },
  })
  return {
    send: async () => {
      const startedAt = performance.now()
      let left = MAILS
      const work = async () => {
        while (left > 0) {
          left -= 1
          const to = `bare${left}@customer.test`
          await transport.sendMail({
            from: content.from,
            to: { name: '', address: to },
            envelope: { from: mail.envelope.from, to },
            messageId: `<${left}.${content.mailId}@${DOMAIN}>`,
            date: content.date,
            subject: content.subject,
            text: content.text,
            html: content.html,
            headers: content.headers,
          })
        }
      }
      await Promise.all(Array.from({ length: CONNECTIONS }, work))
      return perSecond(MAILS, performance.now() - startedAt)
    },
    stop: () => transport.close(),
  }
}

/**
 * The outbox to an SMTP server in another process: claimed, decided on, rendered, signed, handed over and recorded;
 * against bare nodemailer that has the same mails at hand, and signs and sends them.
 *
 * @param mail one of the mails that the journey sends
 */
export async function measureHandOver(report: Report, mail: ComposedMail): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const sink = await startSink()
  try {
    await withFolder(async (folder) => {
      const { ciclo, store, workspaceId, stop } = await openCiclo(folder, { smtpUrl: sink.url })
      const bare = createBareSender(sink.url, pem, mail)
      try {
        await store.write(async (tx) => {
          const now = Date.now()
          const row = newSenderRow({ workspaceId, id: 'news', purpose: 'marketing', now })
          const dkimKey = createSeal(SECRET).close(pem, sealedPlace(workspaceId, 'news', 'dkim'))
          const dkim = { domain: DOMAIN, selector: SELECTOR }
          const bounceDomain = `bounce.${DOMAIN}`
          await saveSender(tx, { ...row, status: 'live', isMain: true, dkim, dkimKey, bounceDomain }, now)
        })
        let round = 0
        const subject = async () => {
          round += 1
          const items = Array.from({ length: MAILS }, (_, place) => ({
            workspaceId,
            input: subscription(`r${round}u${place}`),
          }))
          await ciclo.ingest.submit(items)
          const startedAt = performance.now()
          // Until nothing is due any more.
          await ciclo.settle()
          return perSecond(MAILS, performance.now() - startedAt)
        }
        const { subjects, baselines } = await inTurns(subject, () => bare.send())
        const states = await store.read(async (tx) => {
          const { messages } = tx.tables
          return await tx.select({ state: messages.state }).from(messages)
        })
        const sent = states.filter(({ state }) => state === 'sent').length
        if (sent !== round * MAILS) throw new Error(`${sent} mails were sent, expected ${round * MAILS}`)
        const size = Buffer.byteLength(mail.content.html) + Buffer.byteLength(mail.content.text)
        report({ name: 'mail.sender.size', value: Math.round(size / 1024), unit: 'KB' })
        reportPair(report, `mail.sender.${sink.name}`, 'mails/s', subjects, baselines)
      } finally {
        bare.stop()
        await stop()
      }
    })
  } finally {
    await sink.stop()
  }
}

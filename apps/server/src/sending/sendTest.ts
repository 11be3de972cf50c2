import type { DirectMail, DirectResult, SendDirectly } from './sendDirectly.ts'
import type { MailSender } from './mailSender.ts'

/** A mail that somebody wants to look at, and nobody has asked for. */
export type TestMail = DirectMail

export type SendTest = (sender: MailSender, mail: TestMail) => Promise<DirectResult>

/** `sendDirectly`, with a subject that says that it is a test. */
export const createSendTest =
  (sendDirectly: SendDirectly): SendTest =>
  (sender, mail) =>
    sendDirectly(sender, { ...mail, subject: `[Test] ${mail.subject}` })

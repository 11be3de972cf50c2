import type { SendingSums } from '../store/queries/sendingCounts.ts'

/** Shares from which providers treat a sender badly, and of how many mails at least they are a share. */
const COMPLAINED = { share: 0.003, of: 1_000 }
const BOUNCED = { share: 0.05, of: 200 }
const BLOCKED = { share: 0.1, least: 10 }

const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(1)} %`

/**
 * Why a stream has to be stopped before it ruins its name, of what happened in a day; null where it has not to be.
 * Gmail and Yahoo ask for complaints below 0.3 %, providers of mail servers for bounces below 5 %. Mails that are
 * refused by 5.7.x (RFC 3463: security or policy) are the sender's own fault.
 */
export function judgeReputation({ sent, bounced, blocked, complained }: SendingSums): string | null {
  if (sent >= COMPLAINED.of && complained >= COMPLAINED.share * sent)
    return `complaints: ${complained} of ${sent} mails in a day (${percent(complained, sent)}) were marked as spam`
  if (sent >= BOUNCED.of && bounced >= BOUNCED.share * sent)
    return `bounces: ${bounced} of ${sent} mails in a day (${percent(bounced, sent)}) went to addresses that do not exist`
  if (blocked >= BLOCKED.least && blocked >= BLOCKED.share * sent)
    return `blocked: ${blocked} of ${sent} mails in a day were refused for who sends them (5.7.x)`
  return null
}

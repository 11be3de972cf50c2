import { normaliseEmail } from '@ciclo/engine'
import type { SuppressionReason } from '../../suppressions/readSuppressionFile.ts'
import { refusalOf } from '../cells.ts'
import { readInstant } from '../readInstant.ts'
import type { Cells, ImportFormat, ReadRecord } from './importFormat.ts'
import { readProfile } from './readProfile.ts'

const CONSENT: Readonly<Record<string, string>> = {
  SUBSCRIBED: 'yes',
  UNSUBSCRIBED: 'no',
  NEVER_SUBSCRIBED: '',
  'NEVER SUBSCRIBED': '',
  '': '',
}

/** By the words of Klaviyo's own suppressions; several may stand in one cell. The strongest counts. */
const REASONS: readonly [RegExp, SuppressionReason][] = [
  [/SPAM[ _]?COMPLAINT/i, 'complaint'],
  [/HARD[ _]?BOUNCE|INVALID[ _]?EMAIL/i, 'bounce'],
  [/UNSUBSCRIBE|USER[ _]?SUPPRESS|MANUAL/i, 'unsubscribed'],
]

const reasonIn = (text: string) => REASONS.find(([words]) => words.test(text))?.[1]

/**
 * Profiles of a list or segment: https://help.klaviyo.com/hc/en-us/articles/115005078967. Who was never subscribed has
 * said nothing; a suppression beside a yes beats it.
 */
export const klaviyoProfiles: ImportFormat = {
  id: 'klaviyo-profiles',
  name: 'profiles of Klaviyo',
  kind: 'profiles',
  has: ['Email', 'Email Marketing Consent'],
  read([row = {}]): ReadRecord {
    const stated = (row['emailmarketingconsent'] ?? '').trim().toUpperCase()
    const answer = CONSENT[stated]
    if (answer === undefined)
      return {
        ok: false,
        reason: refusalOf('Email Marketing Consent', stated, 'SUBSCRIBED, UNSUBSCRIBED or NEVER_SUBSCRIBED'),
      }
    const suppressed = reasonIn(row['emailsuppressions'] ?? '')
    const read = readProfile(
      {
        email: row['email'],
        first_name: row['firstname'],
        last_name: row['lastname'],
        city: row['city'],
        country: row['country'],
        subscribed: suppressed === undefined ? answer : 'no',
        subscribed_at: row['emailmarketingconsenttimestamp'],
        created_at: row['profilecreatedon'] || row['dateadded'] || row['firstactive'],
      },
      { phone: row['phonenumber'], klaviyoId: row['klaviyoid'], source: row['source'] },
    )
    if (!read.ok || suppressed === undefined) return read
    const address = read.record.customer?.email
    return address === undefined
      ? read
      : {
          ok: true,
          record: { ...read.record, suppression: { address, reason: suppressed, at: null, detail: null } },
        }
  },
}

const timeIn = (row: Cells) =>
  readInstant(
    (row['timestamp'] || row['suppressedat'] || row['date'] || row['suppressiondate'] || '').trim(),
  ) ?? null

/** https://help.klaviyo.com/hc/en-us/articles/115005246108: addresses that get nothing, and why. */
export const klaviyoSuppressions: ImportFormat = {
  id: 'klaviyo-suppressions',
  name: 'suppressions of Klaviyo',
  kind: 'suppressions',
  has: ['Email', 'Reason|Suppression Reason|Suppression Reasons|Suppressions'],
  lacks: ['Email Marketing Consent', 'Total', 'MEMBER_RATING'],
  read([row = {}]): ReadRecord {
    const given = row['email'] ?? ''
    const address = normaliseEmail(given)
    if (address === undefined)
      return { ok: false, reason: refusalOf('Email', given, 'an address such as anna@example.com') }
    const stated =
      row['reason'] || row['suppressionreason'] || row['suppressionreasons'] || row['suppressions'] || ''
    const reason = reasonIn(stated)
    if (reason === undefined)
      return {
        ok: false,
        reason: refusalOf(
          'Reason',
          stated,
          'HARD_BOUNCE, INVALID_EMAIL, SPAM_COMPLAINT, UNSUBSCRIBE or USER_SUPPRESSED',
        ),
      }
    return { ok: true, record: { suppression: { address, reason, at: timeIn(row), detail: null } } }
  },
}

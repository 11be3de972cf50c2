import { normaliseEmail } from '@ciclo/engine'
import { networkOf } from '../../limits/clientAddress.ts'
import { refusalOf } from '../cells.ts'
import { readInstant } from '../readInstant.ts'
import type { Cells, ImportFormat, ReadRecord } from './importFormat.ts'
import { readProfile } from './readProfile.ts'

/** Mailchimp writes a language as `es` or `pt_PT`, and a country as two letters in `CC`. */
const fieldsOf = (row: Cells) => ({
  email: row['emailaddress'],
  first_name: row['firstname'],
  last_name: row['lastname'],
  country: row['cc'],
  time_zone: row['timezone'],
})

const traitsOf = (row: Cells) => ({
  phone: row['phonenumber'] || row['phone'],
  tags: row['tags']?.replaceAll('"', ''),
})

/** https://mailchimp.com/help/view-export-contacts/: who has agreed, when, and from which address. */
export const mailchimpSubscribed: ImportFormat = {
  id: 'mailchimp-subscribed',
  name: 'subscribed contacts of Mailchimp',
  kind: 'profiles',
  has: ['Email Address', 'MEMBER_RATING', 'OPTIN_TIME'],
  lacks: ['UNSUB_TIME', 'CLEAN_TIME'],
  read([row = {}]): ReadRecord {
    // With double opt-in the second answer is the one that counts.
    const at = row['confirmtime'] || row['optintime']
    const read = readProfile(
      { ...fieldsOf(row), subscribed: 'yes', subscribed_at: at, created_at: row['optintime'] || at },
      traitsOf(row),
    )
    if (!read.ok) return read
    const network = networkOf((row['confirmip'] || row['optinip'] || '').trim())
    return network === undefined ? read : { ok: true, record: { ...read.record, network } }
  },
}

export const mailchimpUnsubscribed: ImportFormat = {
  id: 'mailchimp-unsubscribed',
  name: 'unsubscribed contacts of Mailchimp',
  kind: 'profiles',
  has: ['Email Address', 'UNSUB_TIME'],
  read: ([row = {}]) =>
    readProfile(
      { ...fieldsOf(row), subscribed: 'no', subscribed_at: row['unsubtime'], created_at: row['optintime'] },
      traitsOf(row),
    ),
}

/** Addresses that mail came back from. */
export const mailchimpCleaned: ImportFormat = {
  id: 'mailchimp-cleaned',
  name: 'cleaned contacts of Mailchimp',
  kind: 'suppressions',
  has: ['Email Address', 'CLEAN_TIME'],
  read([row = {}]): ReadRecord {
    const given = row['emailaddress'] ?? ''
    const address = normaliseEmail(given)
    if (address === undefined)
      return { ok: false, reason: refusalOf('Email Address', given, 'an address such as anna@example.com') }
    const at = readInstant((row['cleantime'] ?? '').trim()) ?? null
    return { ok: true, record: { suppression: { address, reason: 'bounce', at, detail: null } } }
  },
}

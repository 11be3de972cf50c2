import { normaliseEmail } from '@ciclo/engine'
import { parse } from 'csv-parse/sync'
import { bounceMeaningOf } from '../feedback/bounceMeaning.ts'
import { keptResponse } from '../mail/smtpFailure.ts'
import type { SUPPRESSION_REASONS } from '../store/queries/suppressions.ts'

export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

export interface FileSuppression {
  address: string
  reason: SuppressionReason
  /** When it was suppressed there, in epoch milliseconds; null where the file does not say. */
  at: number | null
  detail: string | null
}

export interface SuppressionFile {
  suppressions: FileSuppression[]
  /** Rows of which nothing could be made: the line from 1, and why. */
  refusals: { line: number; reason: string }[]
}

/** Cells by their heads: lower-cased, without spaces, hyphens and underscores. */
type Row = Readonly<Record<string, string>>

const ADDRESS_HEADS = ['address', 'email', 'emailaddress', 'recipient', 'mail']
const REASON_HEADS = ['reason', 'suppressionreason', 'type', 'status', 'event']
const TIME_HEADS = [
  'at',
  'createdat',
  'created',
  'date',
  'timestamp',
  'lastupdatetime',
  'cleantime',
  'unsubtime',
  'suppressedat',
  'bouncedat',
]
const DETAIL_HEADS = ['detail', 'error', 'description', 'unsubreason', 'diagnosticcode']

const first = (row: Row, heads: readonly string[]) => {
  const head = heads.find((name) => (row[name] ?? '').trim() !== '')
  return head === undefined ? undefined : row[head]?.trim()
}

/** The words by which the providers name their reasons, strongest first where a cell has several. */
const REASONS: readonly [RegExp, SuppressionReason][] = [
  [
    /hard[ _-]?bounce|^bounced?$|^cleaned$|invalid[ _-]?email|bad[ _-]?email|^invalid$|undeliverable/i,
    'bounce',
  ],
  [/complain|spam|abuse/i, 'complaint'],
  [/unsubscrib|opt(?:ed)?[ _-]?out|manual|user[ _-]?suppress|customer|^global$/i, 'unsubscribed'],
]

/** What a server said holds any words. */
const isAnswer = (text: string) => text.length > 60 || /^\d{3}\b|\b[245]\.\d{1,3}\.\d{1,3}\b/.test(text)

function reasonOf(row: Row): SuppressionReason | undefined {
  const words = REASON_HEADS.flatMap((head) => row[head]?.trim() ?? []).filter((text) => !isAnswer(text))
  for (const stated of words) {
    const named = REASONS.find(([known]) => known.test(stated))?.[1]
    if (named) return named
  }
  // Mailchimp has one file for each reason, and names its time by it.
  if ('cleantime' in row) return 'bounce'
  if ('unsubtime' in row) return 'unsubscribed'
  // SendGrid and Mailgun list what servers said; not all of it is the address's fault.
  const status = row['status'] ?? row['code']
  const text = row['reason'] ?? row['error']
  const isHard = status !== undefined && bounceMeaningOf({ status, text }) === 'hard'
  return isHard ? 'bounce' : undefined
}

/** Epoch seconds or milliseconds, or a date; one without a zone is UTC. */
function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1_000
  if (/^\d{12,14}$/.test(text)) return Number(text)
  const isBare = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(text)
  const time = Date.parse(isBare ? `${text.replace(' ', 'T')}Z` : text)
  return Number.isNaN(time) ? null : time
}

/** Our own export marks what a spreadsheet would take for a formula. */
const withoutMark = (text: string) => text.replace(/^'(?=[=+\-@])/, '')

function readRow(row: Row, usual: SuppressionReason | undefined): FileSuppression | { problem: string } {
  const stated = first(row, ADDRESS_HEADS)
  const address = normaliseEmail(withoutMark(stated ?? ''))
  if (address === undefined)
    return { problem: `given "${(stated ?? '').slice(0, 100)}", expected an address` }
  // What our own list keeps of who was erased has no address, and is not read back.
  const reason = reasonOf(row) ?? usual
  if (reason === undefined)
    return {
      problem: `${address}: the file does not say why, expected a reason (bounce, complaint or unsubscribed) for the whole file`,
    }
  const said = row['reason'] ?? ''
  const detail = first(row, DETAIL_HEADS) ?? (isAnswer(said) ? said : null)
  return { address, reason, at: timeOf(first(row, TIME_HEADS)), detail: detail && keptResponse(detail) }
}

const headOf = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '')

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

const rowOf = (record: object): Row =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [headOf(name), textOf(value)]))

interface Listed {
  line: number
  row: Row | undefined
}

/** JSON of the providers' APIs: a list, or an object with one in it (`Suppressions`, `items`, ...). */
function listIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[]
  if (typeof value !== 'object' || value === null) return undefined
  return Object.values(value).find((one): one is unknown[] => Array.isArray(one))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function jsonRows(text: string): Listed[] {
  const whole = parsed(text)
  const list = listIn(whole)
  if (list)
    return list.map((one, place) => ({ line: place + 1, row: isObject(one) ? rowOf(one) : undefined }))
  return text.split('\n').flatMap((line, place) => {
    if (line.trim() === '') return []
    const one = parsed(line)
    return { line: place + 1, row: isObject(one) ? rowOf(one) : undefined }
  })
}

/** A file with a head row; without one the first column holds addresses, and the second, if any, reasons, as at SES. */
function csvRows(text: string): Listed[] {
  const rows = parse(text, {
    bom: true,
    delimiter: [',', ';', '\t'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }) as unknown as { info: { lines: number }; record: string[] }[]
  const heads = (rows[0]?.record ?? []).map(headOf)
  const hasHead = !heads.some((cell) => cell.includes('@'))
  return rows.slice(hasHead ? 1 : 0).map(({ info, record }) => ({
    line: info.lines,
    row: Object.fromEntries(
      hasHead
        ? heads.map((head, place) => [head, record[place] ?? ''])
        : [
            ['address', record[0] ?? ''],
            ['reason', record[1] ?? ''],
          ],
    ),
  }))
}

/**
 * Reads a suppression list: CSV by its heads, or JSON, one object a line or a list. Known are the exports of Amazon
 * SES, Klaviyo, Mailchimp (cleaned and unsubscribed), Mailgun, Postmark and SendGrid, and Ciclo's own; others by the
 * same words. Throws what `csv-parse` says of a text that it cannot read.
 *
 * @param usual why, where a row does not say
 */
export function readSuppressionFile(text: string, usual: SuppressionReason | undefined): SuppressionFile {
  const isJson = /^\s*[[{]/.test(text)
  const file: SuppressionFile = { suppressions: [], refusals: [] }
  for (const { line, row } of isJson ? jsonRows(text) : csvRows(text)) {
    const read = row ? readRow(row, usual) : { problem: 'expected a JSON object' }
    if ('problem' in read) file.refusals.push({ line, reason: read.problem })
    else file.suppressions.push(read)
  }
  return file
}

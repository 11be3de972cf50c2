import type { BacktestMail } from './createBacktests.ts'

const COLUMNS = [
  'at',
  'customerId',
  'to',
  'step',
  'template',
  'purpose',
  'locale',
  'outcome',
  'reason',
  'waitedFor',
] as const

/** A spreadsheet takes what begins so for a formula: with an apostrophe before it, it is text there. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** RFC 4180, without control characters. */
function cell(value: string): string {
  const text = value.replaceAll(/\p{Cc}/gu, ' ')
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Mails as a table with a heading: the columns of `ciclo journey backtest --csv`. */
export const mailsCsv = (mails: readonly BacktestMail[]): string =>
  [
    COLUMNS.join(','),
    ...mails.map((mail) =>
      COLUMNS.map((name) => cell(name === 'waitedFor' ? mail.waitedFor.join(' ') : (mail[name] ?? ''))).join(
        ',',
      ),
    ),
    '',
  ].join('\r\n')

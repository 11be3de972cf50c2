import { CicloError } from '../errors.ts'
import { bare } from './guessColumns.ts'

/** What an order's row can say, by the word for it, and under which headers it is found: the likeliest first. */
export const SYNONYMS = {
  order_id: ['order_id', 'id', 'order_number', 'name'],
  user_id: ['user_id', 'customer_id', 'client_id'],
  email: ['email', 'customer_email'],
  date: ['order_date', 'date', 'timestamp', 'created_at', 'paid_at'],
  total: ['total', 'order_total', 'amount', 'revenue', 'total_price'],
  currency: ['currency', 'order_currency'],
} as const satisfies Record<string, readonly string[]>

export type Field = keyof typeof SYNONYMS
export const FIELDS = Object.keys(SYNONYMS) as Field[]

/** Where each field stands in a row, from 0. */
export type OrderColumns = Partial<Record<Field, number>>

const listed = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

/** Reads `user_id=client,total=sum`: field to header. Throws `bad-request` naming the pair that is wrong. */
function chosenHeaders(columns: string): Map<Field, string> {
  const chosen = new Map<Field, string>()
  for (const pair of columns.split(',')) {
    const [left = '', ...right] = pair.split('=')
    const header = right.join('=').trim()
    const field = FIELDS.find((name) => SYNONYMS[name].some((synonym) => bare(synonym) === bare(left)))
    if (field === undefined || header === '') {
      throw new CicloError(
        'bad-request',
        `--columns: given "${pair.trim()}", expected field=header with a field of ${FIELDS.join(', ')}`,
      )
    }
    chosen.set(field, header)
  }
  return chosen
}

/**
 * Finds the columns of a header row.
 *
 * @param where the file and row, for errors
 * @param columns the user's own choice, as `field=header,...`
 * Throws `bad-request` where a column that was named or is needed is not there.
 */
export function findOrderColumns(
  header: readonly string[],
  where: string,
  columns: string | undefined,
): OrderColumns {
  const names = header.map(bare)
  const chosen = columns === undefined ? new Map<Field, string>() : chosenHeaders(columns)
  const found: OrderColumns = {}
  for (const field of FIELDS) {
    const own = chosen.get(field)
    const candidates: readonly string[] = own === undefined ? SYNONYMS[field] : [own]
    for (const candidate of candidates) {
      const position = names.indexOf(bare(candidate))
      if (position >= 0) found[field] ??= position
    }
    if (own !== undefined && found[field] === undefined) {
      throw new CicloError(
        'bad-request',
        `${where}: there is no column "${own}", given for ${field} in --columns; there are ${listed(header)}`,
      )
    }
  }
  const missing = (['order_id', 'date', 'total'] as const).filter((field) => found[field] === undefined)
  const wanted = missing.map((field) => `${field} (${SYNONYMS[field].join(', ')})`)
  if (found.user_id === undefined && found.email === undefined) {
    wanted.push(`user_id (${SYNONYMS.user_id.join(', ')}) or email (${SYNONYMS.email.join(', ')})`)
  }
  if (wanted.length > 0) {
    throw new CicloError(
      'bad-request',
      `${where}: given the columns ${listed(header)}, expected one for ${wanted.join(' and one for ')}; ` +
        `--columns ${missing[0] ?? 'user_id'}=<header> names it`,
    )
  }
  return found
}

/**
 * The currencies of ISO 4217 that do not have two decimals. Not asked of `Intl`, which knows how people write prices
 * (no decimals for RSD, IQD or ALL, though shops send them), and changes with the version of the runtime: a replay must
 * not.
 */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((currency) => [currency, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((currency) => [currency, 3] as const),
  ...'CLF UYW'.split(' ').map((currency) => [currency, 4] as const),
])

/** The number of decimals of an ISO 4217 currency: 2 for EUR, 0 for JPY, 3 for KWD; 2 where it is not known. */
export const decimalsOf = (currency: string) => DECIMALS.get(currency) ?? 2

/** A currency's code in capital letters, or undefined where the value is not a code of three letters. */
export function currencyOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const code = value.trim()
  return /^[A-Za-z]{3}$/.test(code) ? code.toUpperCase() : undefined
}

/**
 * A decimal amount such as 29.97 or '29.97' in integer minor units (2997), half a unit rounded away from zero, or
 * undefined where it is not an amount: '1.234,50' could mean two. The decimal point is moved in the amount's own
 * digits: `1.005 * 100` is 100.49999999999999, '1.005e2' is 100.5.
 *
 * @param currency three capital letters, as in ISO 4217
 */
export function toMinorUnits(amount: unknown, currency: string): number | undefined {
  if (typeof amount !== 'number' && !(typeof amount === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(amount))) {
    return undefined
  }
  const [digits, exponent = '0'] = String(amount).trim().split('e')
  const minor = Number(`${digits}e${Number(exponent) + decimalsOf(currency)}`)
  const rounded = Math.sign(minor) * Math.round(Math.abs(minor))
  // Adding 0 makes -0 a 0.
  return Number.isSafeInteger(rounded) ? rounded + 0 : undefined
}

/** Integer minor units as the decimal amount that they came from: 2997 of EUR is 29.97. */
export const fromMinorUnits = (minor: number, currency: string) => Number(`${minor}e-${decimalsOf(currency)}`)

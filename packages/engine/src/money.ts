const fractionDigits = new Map<string, number>()

/** The number of decimals of an ISO 4217 currency: 2 for EUR, 0 for JPY, 3 for KWD; 2 where it is not known. */
function currencyDigits(currency: string): number {
  let digits = fractionDigits.get(currency)
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    fractionDigits.set(currency, digits)
  }
  return digits
}

/**
 * A decimal amount such as 29.97 or '29.97' in integer minor units (2997), half a unit rounded away from zero, or
 * undefined where it is not an amount. The decimal point is moved in the amount's own digits: `1.005 * 100` is
 * 100.49999999999999, '1.005e2' is 100.5.
 *
 * @param currency three letters, as in ISO 4217
 */
export function toMinorUnits(amount: unknown, currency: string): number | undefined {
  if (typeof amount !== 'number' && !(typeof amount === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(amount))) {
    return undefined
  }
  const [digits, exponent = '0'] = String(amount).trim().split('e')
  const minor = Number(`${digits}e${Number(exponent) + currencyDigits(currency)}`)
  const rounded = Math.sign(minor) * Math.round(Math.abs(minor))
  // Adding 0 makes -0 a 0.
  return Number.isSafeInteger(rounded) ? rounded + 0 : undefined
}

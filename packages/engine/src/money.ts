const fractionDigits = new Map<string, number>()

/** The number of decimals of an ISO 4217 currency: 2 for EUR, 0 for JPY, 3 for KWD; 2 where it is not known. */
export function currencyDigits(currency: string): number {
  let digits = fractionDigits.get(currency)
  if (digits === undefined) {
    digits = /^[A-Z]{3}$/.test(currency)
      ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ?? 2)
      : 2
    fractionDigits.set(currency, digits)
  }
  return digits
}

/** A decimal amount such as 29.97 or '29.97' in integer minor units (2997), or undefined where it is not an amount. */
export function toMinorUnits(amount: unknown, currency: string): number | undefined {
  const decimal = typeof amount === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(amount) ? Number(amount) : amount
  if (typeof decimal !== 'number' || !Number.isFinite(decimal)) return undefined
  // The nudge repairs products such as 1.005 * 100 = 100.49999999999999, which would round down a cent.
  const scaled = decimal * 10 ** currencyDigits(currency)
  const minor = Math.round(scaled + Math.sign(scaled) * Math.abs(scaled) * Number.EPSILON)
  return Number.isSafeInteger(minor) ? minor + 0 : undefined
}

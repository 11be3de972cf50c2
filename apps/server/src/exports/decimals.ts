import { decimalsOf, fromMinorUnits } from '@ciclo/engine'

/** Minor units as an amount: `29.97`, `1500` of a currency without smaller coins. */
export const decimal = (minor: number, currency: string): string =>
  fromMinorUnits(minor, currency).toFixed(decimalsOf(currency))

/** As above, or null. */
export const decimalOrNull = (minor: number | null | undefined, currency: string | null | undefined) =>
  minor === null || minor === undefined || !currency ? null : decimal(minor, currency)

/** Amounts by their currency. */
export const decimals = (amounts: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(amounts).map(([currency, minor]) => [currency, decimal(minor, currency)]))

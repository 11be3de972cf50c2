import { decimalsOf, fromMinorUnits } from '@ciclo/engine'

/** Minor units as people write them: `29.97 EUR`. */
export const moneyText = (minor: number, currency: string) =>
  `${fromMinorUnits(minor, currency).toFixed(decimalsOf(currency))} ${currency}`

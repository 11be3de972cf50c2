import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'

const SMALL_SUM = 100

/** Writes sums of several currencies, the largest first and without the cents that nobody reads; null where there is nothing. */
export function useMoney(): (sums: Readonly<Record<string, number>>) => string | null {
  const { i18n } = useTranslation()
  const formats = useFormats()
  const write = (minor: number, currency: string) => {
    const { maximumFractionDigits: decimals = 2 } = new Intl.NumberFormat(i18n.language, {
      style: 'currency',
      currency,
    }).resolvedOptions()
    const sum = minor / 10 ** decimals
    if (Math.abs(sum) < SMALL_SUM) return formats.money(minor, currency)
    return new Intl.NumberFormat(i18n.language, {
      style: 'currency',
      currency,
      maximumFractionDigits: 0,
    }).format(sum)
  }
  return (sums) => {
    const written = Object.entries(sums)
      .filter(([, minor]) => minor !== 0)
      .toSorted(([, one], [, other]) => other - one)
      .map(([currency, minor]) => write(minor, currency))
    return written.length === 0 ? null : written.join(' + ')
  }
}

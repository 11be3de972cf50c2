import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { HomeMoney } from '../homeQuery.ts'
import classes from '../HomePage.module.css'

/** The last 28 days against the 28 before. */
export function MoneyTable({
  money,
  currency,
  isSmall,
}: {
  money: HomeMoney
  currency: string
  /** Then what changed is told as it is, not as a share. */
  isSmall: boolean
}) {
  const { t, i18n } = useTranslation('home')
  const formats = useFormats()
  const { now, before } = money
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', signDisplay: 'exceptZero' })
  const change = (one: number, other: number, write: (value: number) => string) => {
    if (isSmall) return one === other ? '–' : `${one > other ? '+' : '−'}${write(Math.abs(one - other))}`
    return other > 0 ? percent.format(one / other - 1) : '–'
  }
  const amount = (sums: Record<string, number>) => sums[currency] ?? 0
  const rows = [
    {
      label: t('money.revenue'),
      now: amount(now.revenue),
      before: amount(before.revenue),
      write: (value: number) => formats.money(value, currency),
    },
    {
      label: t('money.attributed'),
      now: amount(now.attributed),
      before: amount(before.attributed),
      write: (value: number) => formats.money(value, currency),
    },
    { label: t('money.orders'), now: now.orders, before: before.orders, write: formats.number },
    {
      label: t('money.attributedOrders'),
      now: now.attributedOrders,
      before: before.attributedOrders,
      write: formats.number,
    },
  ]
  return (
    <table className={classes.numbers}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('money.now')}</th>
          <th scope="col">{t('money.before')}</th>
          <th scope="col">{t('money.change')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            <td>{row.write(row.now)}</td>
            <td>{row.write(row.before)}</td>
            <td>{change(row.now, row.before, row.write)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

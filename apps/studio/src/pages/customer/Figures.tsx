import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import classes from './CustomerPage.module.css'
import type { CustomerDetail } from './customerQueries.ts'

/** The figures that everybody asks for first, in one line. */
export function Figures({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const { orders, prediction, limits, createdAt, sources } = customer
  // An import tells of a past that is older than the record.
  const since = [createdAt, orders.firstAt, sources.first?.at]
    .filter((at) => at !== null && at !== undefined)
    .toSorted()[0]
  const money = Object.entries(orders.revenue).map(([currency, minor]) => formats.money(minor, currency))
  const figures: [name: string, value: string, title?: string][] = [
    [t('figures.orders'), formats.number(orders.count)],
    [t('figures.spent'), money.length === 0 ? '–' : money.join(' · ')],
    [
      t('figures.lastOrder'),
      orders.lastAt === null ? '–' : formats.relative(orders.lastAt),
      orders.lastAt === null ? undefined : formats.dateTime(orders.lastAt),
    ],
    [
      t('figures.nextOrder'),
      prediction?.nextOrderAt ? formats.date(prediction.nextOrderAt) : '–',
      limits.expectedGap === null ? undefined : t('figures.gap', { count: Math.round(limits.expectedGap) }),
    ],
    [t('figures.since'), formats.date(since ?? createdAt), formats.dateTime(since ?? createdAt)],
  ].map(([name = '', value = '', title]) => (title === undefined ? [name, value] : [name, value, title]))
  return (
    <dl className={classes['figures']}>
      {figures.map(([name, value, title]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={title}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

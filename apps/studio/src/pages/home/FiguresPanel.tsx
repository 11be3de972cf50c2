import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import { CountedAt } from './CountedAt.tsx'
import { Definition } from './Definition.tsx'
import type { HomeFigures } from './homeQuery.ts'
import classes from './FiguresPanel.module.css'

type Share = Omit<HomeFigures['repeatPurchaseRate'], 'definition'>
type FigureName = 'churn' | 'repeat' | 'frequency' | 'orderValue' | 'lifetimeValue'

/** The five figures of the last year: each with what it rests on, and what it means. */
export function FiguresPanel({ figures, isSmall }: { figures: HomeFigures; isSmall: boolean }) {
  const { t, i18n } = useTranslation('home')
  const formats = useFormats()
  const decimal = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 })
  const counts = ({ numerator, denominator }: Share) =>
    t('figures.of', { part: formats.number(numerator), whole: formats.number(denominator) })
  /** Of a few people the share says less than their number. */
  const valueOf = (share: Share, write: (value: number) => string) => {
    if (share.value === null) return { value: t('figures.tooFew'), rests: '' }
    return isSmall ? { value: counts(share), rests: '' } : { value: write(share.value), rests: counts(share) }
  }
  const moneyOf = (currency: string, share: Share) =>
    share.value === null ? t('figures.tooFew') : formats.money(share.value, currency)
  const { averageOrderValue, customerLifetimeValue, purchaseFrequency: frequency } = figures
  const rows: { name: FigureName; values: { value: string; rests: string }[] }[] = [
    ...(
      [
        ['churn', figures.customerChurnRate, (value: number) => formats.percent(value, 1)],
        ['repeat', figures.repeatPurchaseRate, (value: number) => formats.percent(value, 1)],
      ] as const
    ).map(([name, share, write]) => ({
      name,
      values: [valueOf(share, write)],
    })),
    {
      name: 'frequency',
      values: [
        {
          value: frequency.value === null ? t('figures.tooFew') : decimal.format(frequency.value),
          rests: t('figures.ofOrders', { count: frequency.numerator }),
        },
      ],
    },
    {
      name: 'orderValue',
      values: Object.entries(averageOrderValue.currencies).map(([currency, share]) => ({
        value: moneyOf(currency, share),
        rests: t('figures.ofOrders', { count: share.denominator }),
      })),
    },
    {
      name: 'lifetimeValue',
      values: Object.entries(customerLifetimeValue.currencies).map(([currency, { historic, predicted }]) => ({
        value: moneyOf(currency, historic),
        rests:
          predicted.value === null
            ? t('figures.ofCustomers', { count: historic.denominator })
            : t('figures.expected', { money: formats.money(predicted.value, currency) }),
      })),
    },
  ]
  return (
    <Panel title={t('figures.title')} text={t('figures.text')} actions={<CountedAt {...figures} />}>
      <dl className={classes.figures}>
        {rows.map(({ name, values }) => (
          <div key={name}>
            <dt>
              {t(`figures.${name}.name`)}
              <Definition name={t(`figures.${name}.name`)} text={t(`figures.${name}.definition`)} />
            </dt>
            {values.length === 0 ? (
              <dd className={classes.value}>{t('figures.tooFew')}</dd>
            ) : (
              values.map(({ value, rests }) => (
                <dd key={value}>
                  <span className={classes.value}>{value}</span>
                  <Text component="span" display="block" size="xs" c="dimmed">
                    {rests}
                  </Text>
                </dd>
              ))
            )}
          </div>
        ))}
      </dl>
    </Panel>
  )
}

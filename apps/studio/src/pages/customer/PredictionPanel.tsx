import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import { Band } from './Band.tsx'
import classes from './CustomerPage.module.css'
import type { CustomerDetail } from './customerQueries.ts'

/** What is to be expected of a customer in the next year, with its band. */
export function PredictionPanel({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const { prediction, orders } = customer
  if (!prediction)
    return (
      <Panel title={t('prediction.title')}>
        <Text size="sm" c="dimmed">
          {t(orders.count === 0 ? 'prediction.noOrder' : 'prediction.tooFew')}
        </Text>
      </Panel>
    )
  const { alive, spend, currency, lifetimeValue, basis } = prediction
  const count = (value: number) => formats.number(Math.round(value * 10) / 10)
  return (
    <Panel title={t('prediction.title')} text={t('prediction.text')}>
      <dl className={classes['facts']}>
        <dt>{t('prediction.alive')}</dt>
        <dd>{formats.percent(alive)}</dd>
        <dt>{t('prediction.orders')}</dt>
        <dd>
          <Band band={prediction.orders} show={count} label={t('prediction.orders')} />
        </dd>
        {spend ? (
          <>
            <dt>{t('prediction.spend')}</dt>
            <dd>
              <Band
                band={spend}
                show={(value) => formats.money(Math.round(value), currency)}
                label={t('prediction.spend')}
              />
            </dd>
          </>
        ) : null}
        {lifetimeValue === null ? null : (
          <>
            <dt>{t('prediction.lifetime')}</dt>
            <dd>{formats.money(Math.round(lifetimeValue), currency)}</dd>
          </>
        )}
      </dl>
      <Text size="xs" c="dimmed">
        {t('prediction.basis', {
          count: basis.fittedOn,
          customers: formats.number(basis.fittedOn),
          date: formats.date(basis.fittedAt),
        })}
      </Text>
    </Panel>
  )
}

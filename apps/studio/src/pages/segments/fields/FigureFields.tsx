import { Autocomplete } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/useSession.ts'
import { useSeen } from '../editor/ruleEditing.ts'
import { Sentence } from '../editor/Sentence.tsx'
import { NUMBER_OPERATORS } from '../rule/isShowable.ts'
import { FORECASTS, ORDER_FIGURES, type Condition } from '../rule/vocabulary.ts'
import { AmountField } from './AmountField.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import type { FieldsProps } from './fieldProps.ts'

/** How many minor units a currency's unit has. */
function minorUnits(currency: string): number {
  try {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions()
    return 10 ** maximumFractionDigits
  } catch {
    return 100
  }
}

/** A number of a customer's orders, or of what is to be expected of it, and what it has to be. */
export function FigureFields({ leaf, change, fault }: FieldsProps) {
  const { t } = useTranslation('segments')
  const { workspace } = useSession()
  const seen = useSeen()
  const isForecast = leaf.kind === 'prediction'
  const figure = String(leaf['figure'])
  const condition = leaf['condition'] as Condition
  const own = workspace.currency ?? 'EUR'
  const currency = typeof leaf['currency'] === 'string' ? leaf['currency'] : own
  const isMoney = isForecast ? figure === 'spend' || figure === 'lifetimeValue' : figure !== 'count'
  const isShare = isForecast && figure === 'alive'
  const scale = isMoney ? minorUnits(isForecast ? own : currency) : 1
  const choices = isForecast
    ? FORECASTS.map((value) => ({ value, label: t(`forecasts.${value}`) }))
    : ORDER_FIGURES.map((value) => ({ value, label: t(`orders.${value}`) }))
  const setFigure = (next: string) => {
    // What was 3 orders is not 3 cents.
    const reset = { ...condition, value: null }
    if (isForecast) change({ figure: next, condition: reset })
    else if (next === 'count') change({ figure: next, currency: undefined, condition: reset })
    else change({ figure: next, currency, ...(figure === 'count' ? { condition: reset } : {}) })
  }
  return (
    <Sentence
      pattern={t('sentences.figure')}
      fields={{
        figure: (
          <ChoiceField
            label={t('fields.figure')}
            value={figure}
            choices={choices}
            onChange={setFigure}
            fault={fault('figure')}
          />
        ),
        condition: (
          <>
            <ChoiceField
              label={t('fields.operator')}
              value={condition.operator}
              choices={NUMBER_OPERATORS.map((value) => ({
                value,
                label: t(`operators.${value}`)
                  .replace(/\{\w+\}/, '')
                  .trim(),
              }))}
              onChange={(operator) => change({ condition: { ...condition, operator } })}
              fault={fault('condition.operator')}
            />
            <AmountField
              label={t('fields.value')}
              value={typeof condition.value === 'number' ? condition.value : null}
              // A share of 1 is read and written in percent.
              scale={isShare ? 0.01 : scale}
              {...(isShare ? { suffix: ' %' } : {})}
              isWhole={isMoney}
              onChange={(value) => change({ condition: { ...condition, value } }, 'value')}
              fault={fault('condition.value')}
            />
            {isMoney && !isForecast ? (
              <Autocomplete
                size="xs"
                aria-label={t('fields.currency')}
                w={72}
                maxLength={3}
                data={[...new Set([own, ...seen.currencies])]}
                value={currency}
                onChange={(text) => change({ currency: text.toUpperCase() }, 'currency')}
                {...fault('currency')}
              />
            ) : null}
            {isMoney && isForecast ? <span>{own}</span> : null}
          </>
        ),
      }}
    />
  )
}

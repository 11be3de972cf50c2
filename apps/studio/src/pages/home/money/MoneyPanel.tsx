import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { CountedAt } from '../CountedAt.tsx'
import type { HomeMoney } from '../homeQuery.ts'
import { DayBars } from './DayBars.tsx'
import { LiftList } from './LiftList.tsx'
import { MoneyTable } from './MoneyTable.tsx'

/** The currencies that anything was sold in, the workspace's own first. */
const currenciesOf = ({ now, before, currency }: HomeMoney) => [
  ...new Set([currency, ...Object.keys(now.revenue), ...Object.keys(before.revenue)]),
]

/** What was sold, what of it followed mails, and what the mails have brought about. */
export function MoneyPanel({ money, isSmall }: { money: HomeMoney; isSmall: boolean }) {
  const { t } = useTranslation('home')
  const currencies = currenciesOf(money)
  const [chosen, choose] = useState<string>()
  const currency = chosen !== undefined && currencies.includes(chosen) ? chosen : money.currency
  return (
    <Panel title={t('money.title')} text={t('money.text')} actions={<CountedAt {...money} />}>
      {currencies.length > 1 ? (
        <SegmentedControl
          size="xs"
          aria-label={t('money.currency')}
          data={currencies}
          value={currency}
          onChange={choose}
        />
      ) : null}
      <DayBars days={money.days} currency={currency} />
      <MoneyTable money={money} currency={currency} isSmall={isSmall} />
      <LiftList money={money} />
    </Panel>
  )
}

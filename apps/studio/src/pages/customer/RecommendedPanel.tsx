import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/Panel.tsx'
import { Recommended } from '../../parts/recommendations/Recommended.tsx'
import type { RecommendedKind } from '../../parts/recommendations/recommendationQueries.ts'

const KINDS = ['together', 'next', 'popular', 'viewed'] as const satisfies readonly RecommendedKind[]

/** What a mail to this customer would recommend now, and why. */
export function RecommendedPanel({ id }: { id: string }) {
  const { t } = useTranslation('recommendations')
  const [kind, setKind] = useState<RecommendedKind>('together')
  return (
    <Panel title={t('customer.title')} text={t('customer.text')}>
      <NativeSelect
        size="xs"
        aria-label={t('kind')}
        value={kind}
        onChange={({ currentTarget }) =>
          setKind(KINDS.find((one) => one === currentTarget.value) ?? 'together')
        }
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <Recommended asked={{ kind, customerId: id, limit: 6 }} />
    </Panel>
  )
}

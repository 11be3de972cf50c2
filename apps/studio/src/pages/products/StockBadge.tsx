import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { StatusBadge } from '../../parts/StatusBadge.tsx'

/** As the server has it. */
const FEW = 5

/** Whether it can be bought, and how often. */
export function StockBadge({ stock, hidden }: { stock: number | null; hidden: boolean }) {
  const { t } = useTranslation('products')
  const { number } = useFormats()
  if (hidden) return <StatusBadge color="gray">{t('stock.hidden')}</StatusBadge>
  if (stock === null) return <StatusBadge color="teal">{t('stock.uncounted')}</StatusBadge>
  if (stock === 0) return <StatusBadge color="red">{t('stock.none')}</StatusBadge>
  return (
    <StatusBadge color={stock <= FEW ? 'orange' : 'teal'}>
      {t('stock.left', { count: stock, left: number(stock) })}
    </StatusBadge>
  )
}

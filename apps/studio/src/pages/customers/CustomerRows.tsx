import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColumnName } from './columns.tsx'
import { CustomerCards } from './CustomerCards.tsx'
import { CustomerTable } from './CustomerTable.tsx'
import classes from './CustomersPage.module.css'
import type { ListedCustomer } from './listQueries.ts'
import type { ListSort } from './listSearch.ts'
import { useIsNarrow } from './useIsNarrow.ts'
import { useRowWalk } from './useRowWalk.ts'

/** In pixels: as the style sheet has them. */
const ROW_HEIGHT = 52
const CARD_HEIGHT = 64
const HEADING_HEIGHT = 40
/** So many rows before the last one the next page is asked for. */
const AHEAD = 30

export interface RowsHandle {
  focusFirst: () => void
}

/** The rows of the list, as many as are seen; more are asked for when the last ones come near. */
export function CustomerRows({
  ref,
  customers,
  columns,
  sort,
  onSort,
  onEnd,
  isStale,
  isLoading,
}: {
  ref: Ref<RowsHandle>
  customers: readonly ListedCustomer[]
  columns: readonly ColumnName[]
  sort: ListSort
  onSort: (sort: ListSort) => void
  onEnd: () => void
  /** What is shown is the answer to an earlier question. */
  isStale: boolean
  /** The next rows are on their way. */
  isLoading: boolean
}) {
  const { t } = useTranslation('customers')
  const isNarrow = useIsNarrow()
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: customers.length,
    getScrollElement: () => box.current,
    estimateSize: () => (isNarrow ? CARD_HEIGHT : ROW_HEIGHT),
    overscan: 12,
    scrollPaddingStart: isNarrow ? 0 : HEADING_HEIGHT,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, isNarrow])
  const { current, goTo, handlers } = useRowWalk(virtualizer, customers.length)
  useImperativeHandle(ref, () => ({ focusFirst: () => goTo(0) }))
  const last = virtualizer.getVirtualItems().at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= customers.length - AHEAD) onEnd()
  }, [last, customers.length, onEnd])
  const rows = { customers, virtualizer, current }
  return (
    <div
      ref={box}
      className={`${classes['scroll']} ${isStale ? classes['stale'] : ''}`}
      role="region"
      aria-label={t('caption')}
      aria-busy={isStale || isLoading}
      data-scroll-restoration-id="customers"
      {...handlers}
    >
      {isNarrow ? (
        <CustomerCards {...rows} />
      ) : (
        <CustomerTable {...rows} columns={columns} sort={sort} onSort={onSort} />
      )}
    </div>
  )
}

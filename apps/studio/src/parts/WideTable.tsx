import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

/** A table that scrolls by itself where the screen is narrower, or the rows are more than fit: also by keyboard. */
export function WideTable({
  label,
  minWidth = 320,
  maxHeight,
  children,
}: {
  label: string
  minWidth?: number
  maxHeight?: number
  children: ReactNode
}) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      type="native"
      tabIndex={0}
      role="group"
      aria-label={label}
      {...(maxHeight === undefined ? {} : { maxHeight })}
    >
      <Table verticalSpacing={4} aria-label={label}>
        {children}
      </Table>
    </Table.ScrollContainer>
  )
}

import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'

/** How something stands, in a word and a colour. */
export function StatusBadge({ color, children }: { color: string; children: ReactNode }) {
  return (
    <Badge
      variant="light"
      // On its own tint orange has too little contrast for small letters.
      c="var(--mantine-color-text)"
      color={color}
      radius="sm"
      tt="none"
      fw={600}
      // Cells of tables would cut it.
      miw="max-content"
    >
      {children}
    </Badge>
  )
}

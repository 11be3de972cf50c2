import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface Figure {
  /** What is counted. */
  label: string
  value: string
  /** What the reader should be worried by. */
  isBad?: boolean
}

/** Figures beside each other, each above what it counts. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <Group gap="lg" component="dl" m={0}>
      {figures.map(({ label, value, isBad = false }) => (
        <div key={label}>
          <Text component="dt" size="xs" c="dimmed">
            {label}
          </Text>
          <Text
            component="dd"
            m={0}
            fw={650}
            size="lg"
            className="figure"
            {...(isBad ? { c: 'var(--mantine-color-error)' } : {})}
          >
            {value}
          </Text>
        </div>
      ))}
    </Group>
  )
}

/** Counts below each other: what, and how many. */
export function CountList({ rows }: { rows: readonly { name: ReactNode; key: string; value: string }[] }) {
  return (
    <Stack gap={2} component="dl" m={0}>
      {rows.map(({ key, name, value }) => (
        <Group key={key} justify="space-between" wrap="nowrap" gap="sm" align="baseline">
          <Text component="dt" size="sm" miw={0} className="any-text">
            {name}
          </Text>
          <Text component="dd" m={0} size="sm" className="figure" style={{ flexShrink: 0 }}>
            {value}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}

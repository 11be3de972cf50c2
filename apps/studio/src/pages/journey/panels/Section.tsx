import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A part of a panel under a heading of its own, and what it means. */
export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Stack gap={6}>
      <div>
        <Title order={3}>{title}</Title>
        {text === undefined ? null : (
          <Text size="xs" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  )
}

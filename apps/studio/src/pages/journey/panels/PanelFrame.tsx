import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** What stands beside the canvas: its heading, what it is in a sentence, and the rest. */
export function PanelFrame({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Stack gap="md" component="section" aria-label={title}>
      <div>
        <Title order={2}>{title}</Title>
        {text === undefined ? null : (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  )
}

import { Group, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'

/** A sentence of the reader's language, with fields in the places that are named `{so}`. */
export function Sentence({
  pattern,
  fields,
}: {
  pattern: string
  fields: Readonly<Record<string, ReactNode>>
}) {
  const parts = pattern.split(/\{(\w+)\}/)
  return (
    <Group gap={6} align="center">
      {parts.map((part, place) => {
        if (place % 2 === 1) return <Fragment key={part}>{fields[part]}</Fragment>
        const text = part.trim()
        return text === '' ? null : (
          <Text component="span" size="sm" key={`text-${place}`}>
            {text}
          </Text>
        )
      })}
    </Group>
  )
}

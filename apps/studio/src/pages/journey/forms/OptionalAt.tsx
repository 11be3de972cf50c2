import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import type { Path } from '../model/valueAtPath.ts'
import { useField } from './useField.ts'

/** Something that may be left out: whether it is there, and its fields below. */
export function OptionalAt({
  path,
  label,
  about,
  without,
  within,
  begin,
  children,
}: {
  path: Path
  label: string
  about: string
  /** What it is called that it is not there, and that it is. */
  without: string
  within: string
  /** What it begins with. */
  begin: unknown
  children: ReactNode
}) {
  const { value, set, error, isReadOnly } = useField<unknown>(path, false)
  const id = useId()
  const isThere = value !== undefined
  return (
    <Stack gap={6} role="group" aria-labelledby={id}>
      <Text size="sm" fw={600} id={id}>
        {label}
      </Text>
      <Text size="xs" c="dimmed">
        {about}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={id}
        disabled={isReadOnly}
        value={isThere ? 'with' : 'without'}
        data={[
          { value: 'without', label: without },
          { value: 'with', label: within },
        ]}
        onChange={(next) => set(next === 'with' ? begin : undefined)}
      />
      {error === undefined ? null : (
        <Text size="xs" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      {isThere ? <Stack gap="sm">{children}</Stack> : null}
    </Stack>
  )
}

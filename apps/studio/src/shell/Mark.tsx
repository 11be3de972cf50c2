import { Anchor, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'

/** Ciclo's name and sign, which leads home. */
export function Mark() {
  return (
    <Anchor component={Link} to="/" underline="never" c="inherit">
      <Group gap={8}>
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden>
          <circle
            cx="11"
            cy="11"
            r="8"
            fill="none"
            stroke="var(--mantine-primary-color-filled)"
            strokeWidth="3.4"
            strokeDasharray="38 12"
            strokeLinecap="round"
            transform="rotate(-50 11 11)"
          />
        </svg>
        <Text component="span" fw={700} size="lg">
          Ciclo
        </Text>
      </Group>
    </Anchor>
  )
}

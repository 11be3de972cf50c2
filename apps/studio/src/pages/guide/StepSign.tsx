import { ThemeIcon } from '@mantine/core'
import { IconCheck, IconCircleDashed, IconClockPause, IconPointFilled } from '@tabler/icons-react'
import type { StepState } from './stepStates.ts'

const ICONS = { done: IconCheck, now: IconPointFilled, next: IconCircleDashed, later: IconClockPause }

/** How a step stands, at a glance: beside it stands the same in words. */
export function StepSign({ state }: { state: StepState }) {
  const Icon = ICONS[state]
  return (
    <ThemeIcon
      size={26}
      radius="xl"
      variant={state === 'done' ? 'filled' : state === 'now' ? 'light' : 'default'}
      color={state === 'next' || state === 'later' ? 'gray' : 'green'}
      aria-hidden
    >
      <Icon size={16} stroke={state === 'done' ? 2.4 : 1.6} />
    </ThemeIcon>
  )
}

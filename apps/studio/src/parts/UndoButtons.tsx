import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'

/** Takes a step of what is edited back, and does it again: each is off where there is none. */
export function UndoButtons({
  undo,
  redo,
  labels,
}: {
  undo: (() => void) | undefined
  redo: (() => void) | undefined
  labels: { undo: string; redo: string }
}) {
  const steps = [
    { label: labels.undo, step: undo, Icon: IconArrowBackUp },
    { label: labels.redo, step: redo, Icon: IconArrowForwardUp },
  ]
  return steps.map(({ label, step, Icon }) => (
    <Tooltip key={label} label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} onClick={step} disabled={step === undefined}>
        <Icon size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  ))
}

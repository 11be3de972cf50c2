import { Select } from '@mantine/core'

interface Choice {
  value: string
  label: string
}

/** One of a few words, about as wide as the one that is chosen: it is part of a sentence. */
export function ChoiceField({
  label,
  value,
  choices,
  onChange,
  fault,
}: {
  label: string
  value: string
  choices: readonly Choice[]
  onChange: (value: string) => void
  fault?: { error: boolean; 'aria-errormessage'?: string }
}) {
  // A word that this builder does not know is shown, and stays.
  const known = choices.some((choice) => choice.value === value)
  const data = known || value === '' ? choices : [...choices, { value, label: value }]
  const chosen = data.find((choice) => choice.value === value)?.label ?? ''
  return (
    <Select
      size="xs"
      aria-label={label}
      // A share of the parent in the width itself would make room for a whole input beside it.
      w={`${Math.max(chosen.length, 3) * 0.46 + 3.2}rem`}
      maw="100%"
      data={[...data]}
      value={value}
      allowDeselect={false}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      onChange={(next) => next !== null && onChange(next)}
      {...fault}
    />
  )
}

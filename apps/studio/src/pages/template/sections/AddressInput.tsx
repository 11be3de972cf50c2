import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  label: string
  value: string
  fits: (value: string) => boolean
  onChange: (value: string) => void
  problem?: string
}

/** What is typed goes into the mail as soon as it is one that a mail can have; until then it stays here and says so. */
export function AddressInput({ label, value, fits, onChange, problem }: Props) {
  const { t } = useTranslation('template')
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const isWrong = typed !== value && !fits(typed)
  return (
    <TextInput
      label={label}
      value={typed}
      error={isWrong ? (problem ?? t('sections.wrongAddress')) : undefined}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        if (next !== value && fits(next)) onChange(next)
      }}
    />
  )
}

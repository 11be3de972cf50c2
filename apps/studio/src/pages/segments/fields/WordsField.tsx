import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Several of many words, found by typing. */
export function WordsField({
  label,
  values,
  choices,
  onChange,
  fault,
}: {
  label: string
  values: readonly string[]
  choices: readonly { value: string; label: string }[]
  onChange: (values: string[]) => void
  fault: { error: boolean; 'aria-errormessage'?: string }
}) {
  const { t } = useTranslation('segments')
  const unknown = values.filter((value) => !choices.some((choice) => choice.value === value))
  return (
    <MultiSelect
      size="xs"
      aria-label={label}
      miw={200}
      maw="100%"
      data={[...choices, ...unknown.map((value) => ({ value, label: value }))]}
      value={[...values]}
      onChange={onChange}
      searchable
      hidePickedOptions
      limit={60}
      placeholder={values.length === 0 ? t('fields.choose') : ''}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      {...fault}
    />
  )
}

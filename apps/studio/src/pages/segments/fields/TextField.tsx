import { Autocomplete } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Scalar } from '../rule/isShowable.ts'

/** A text, with those that have been seen in its place. */
export function TextField({
  value,
  suggestions,
  onChange,
  fault,
}: {
  value: string
  suggestions: readonly Scalar[]
  onChange: (value: string) => void
  fault: { error: boolean; 'aria-errormessage'?: string }
}) {
  const { t } = useTranslation('segments')
  return (
    <Autocomplete
      size="xs"
      aria-label={t('fields.value')}
      w={150}
      limit={20}
      data={[...new Set(suggestions.filter((one) => typeof one === 'string'))]}
      value={value}
      onChange={onChange}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      {...fault}
    />
  )
}

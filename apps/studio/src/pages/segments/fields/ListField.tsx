import { TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Scalar } from '../rule/isShowable.ts'

/** Several values: all text, or all numbers where they are numbers already, or only numbers have been seen. */
export function ListField({
  values,
  suggestions,
  onChange,
  fault,
}: {
  values: readonly (string | number)[]
  suggestions: readonly Scalar[]
  onChange: (values: (string | number)[]) => void
  fault: { error: boolean; 'aria-errormessage'?: string }
}) {
  const { t } = useTranslation('segments')
  const sample = values.length > 0 ? values : suggestions
  const isNumbers = sample.length > 0 && sample.every((value) => typeof value === 'number')
  const read = (texts: string[]) =>
    isNumbers ? texts.map(Number).filter((number) => Number.isFinite(number)) : texts
  return (
    <TagsInput
      size="xs"
      aria-label={t('fields.values')}
      miw={180}
      maw="100%"
      placeholder={values.length === 0 ? t('fields.choose') : ''}
      data={[...new Set(suggestions.filter((one) => typeof one !== 'boolean').map(String))]}
      value={values.map(String)}
      onChange={(texts) => onChange(read(texts))}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      {...fault}
    />
  )
}

import { TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LONGEST_NAME } from './rules.ts'

/** The name of who is at the studio. */
export function NameField(props: TextInputProps) {
  const { t } = useTranslation('access')
  return (
    <TextInput label={t('fields.name')} name="name" autoComplete="name" maxLength={LONGEST_NAME} {...props} />
  )
}

import type { PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PasswordField } from './PasswordField.tsx'

/** A password that is chosen here: it says what one has to be like. */
export function NewPasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('access')
  return (
    <PasswordField description={t('passwordHint')} name="password" autoComplete="new-password" {...props} />
  )
}

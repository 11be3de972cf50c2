import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LONGEST_PASSWORD } from './rules.ts'

/** A password, which can be looked at while it is typed, also by keyboard alone. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('access')
  return (
    <PasswordInput
      label={t('fields.password')}
      maxLength={LONGEST_PASSWORD}
      visibilityToggleButtonProps={{ 'aria-label': t('fields.showPassword'), tabIndex: 0 }}
      {...props}
    />
  )
}

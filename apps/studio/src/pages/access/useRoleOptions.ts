import { useTranslation } from 'react-i18next'
import { ROLES } from './roles.ts'

/** The roles for a list to choose from, in the reader's language. */
export function useRoleOptions() {
  const { t } = useTranslation('shell')
  return ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))
}

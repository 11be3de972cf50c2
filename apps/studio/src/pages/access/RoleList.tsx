import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ROLES } from './roles.ts'
import classes from './RoleList.module.css'

/** What each role may do. */
export function RoleList() {
  const { t } = useTranslation(['access', 'shell'])
  return (
    <dl className={classes.list}>
      {ROLES.map((role) => (
        <div key={role} className={classes.role}>
          <Text component="dt" size="sm" fw={600}>
            {t(`roles.${role}`, { ns: 'shell' })}
          </Text>
          <Text component="dd" size="sm" c="dimmed" m={0}>
            {t(`team.roleTexts.${role}`)}
          </Text>
        </div>
      ))}
    </dl>
  )
}

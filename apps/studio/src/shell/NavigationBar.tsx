import { AppShell, Badge, Group, NavLink, ScrollArea, Stack, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session/useSession.ts'
import { Mark } from './Mark.tsx'
import { NAVIGATION } from './navigation.ts'
import { UserMenu } from './UserMenu.tsx'

/** Whose shop it is, where one can go, and who one is. */
export function NavigationBar() {
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  const { workspace, isDemo } = useSession()
  const isHere = (to: string) =>
    to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)
  return (
    <>
      <AppShell.Section visibleFrom="sm" px="xs" py="xs">
        <Mark />
      </AppShell.Section>
      <AppShell.Section px="xs" pb="xs">
        <Group gap={6} wrap="nowrap">
          <Text size="sm" fw={600} truncate title={workspace.name}>
            {workspace.name}
          </Text>
          {isDemo ? (
            <Badge size="xs" variant="default" flex="none">
              {t('demo')}
            </Badge>
          ) : null}
        </Group>
      </AppShell.Section>
      <AppShell.Section grow component={ScrollArea}>
        <Stack gap={2}>
          {NAVIGATION.map(({ to, word, icon: Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={t(`pages.${word}`)}
              active={isHere(to)}
              {...(isHere(to) ? { 'aria-current': 'page' } : {})}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              variant="light"
            />
          ))}
        </Stack>
      </AppShell.Section>
      <AppShell.Section>
        <UserMenu />
      </AppShell.Section>
    </>
  )
}

import { Avatar, Group, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { signOut } from '../session/signOut.ts'
import { useSession } from '../session/useSession.ts'
import { chooseLocale } from '../words/chooseLocale.ts'
import { STUDIO_LOCALES } from '../words/studioLocale.ts'
import { moveInMenu } from './moveInMenu.ts'
import classes from './UserMenu.module.css'
import { UserMenuItem } from './UserMenuItem.tsx'

const SCHEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const

/**
 * Who is signed in, in which language and light they read, and the way out. The browser's own popover: every page would
 * pay for a larger one before it is shown.
 */
export function UserMenu() {
  const { t, i18n } = useTranslation('shell')
  const { user, role, isDemo } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const navigate = useNavigate()
  const menu = useRef<HTMLDivElement>(null)
  const then = (action: () => unknown) => () => {
    menu.current?.hidePopover()
    void action()
  }
  return (
    <>
      <UnstyledButton className={classes.button ?? ''} popoverTarget="user-menu" aria-haspopup="menu">
        <Group gap="sm" wrap="nowrap">
          <Avatar size={30} radius="xl" color="green" name={user.name} aria-hidden />
          <Text component="span" display="block" miw={0}>
            <Text component="span" display="block" size="sm" truncate>
              {user.name}
            </Text>
            <Text component="span" display="block" size="xs" c="dimmed">
              {t(`roles.${role}`)}
            </Text>
          </Text>
        </Group>
      </UnstyledButton>
      <div
        ref={menu}
        id="user-menu"
        popover="auto"
        role="menu"
        aria-label={t('account')}
        className={classes.menu}
        onToggle={({ newState, currentTarget }) => {
          if (newState === 'open') moveInMenu(currentTarget, 'Home')
        }}
        onKeyDown={(event) => {
          if (event.key === 'Tab') event.currentTarget.hidePopover()
          else if (moveInMenu(event.currentTarget, event.key)) event.preventDefault()
        }}
      >
        <UserMenuItem
          icon={IconUser}
          word={t('account')}
          onChoose={then(() => navigate({ to: '/account' }))}
        />
        <hr className={classes.line} />
        <div role="group" aria-label={t('light.title')}>
          <div className={classes.group} aria-hidden>
            {t('light.title')}
          </div>
          {(['light', 'dark', 'auto'] as const).map((scheme) => (
            <UserMenuItem
              key={scheme}
              icon={SCHEMES[scheme]}
              word={t(`light.${scheme}`)}
              isChosen={colorScheme === scheme}
              onChoose={then(() => setColorScheme(scheme))}
            />
          ))}
        </div>
        <hr className={classes.line} />
        <div role="group" aria-label={t('language')}>
          <div className={classes.group} aria-hidden>
            {t('language')}
          </div>
          {Object.entries(STUDIO_LOCALES).map(([locale, name]) => (
            <UserMenuItem
              key={locale}
              icon={IconLanguage}
              word={name}
              lang={locale}
              isChosen={i18n.language === locale}
              onChoose={then(() => chooseLocale(locale))}
            />
          ))}
        </div>
        {isDemo ? null : (
          <>
            <hr className={classes.line} />
            <UserMenuItem icon={IconLogout} word={t('signOut')} onChoose={then(signOut)} />
          </>
        )}
      </div>
    </>
  )
}

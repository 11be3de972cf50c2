import { AppShell, Burger, Group } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DemoNote } from './DemoNote.tsx'
import { focusContent } from './focusContent.ts'
import { Mark } from './Mark.tsx'
import { NavigationBar } from './NavigationBar.tsx'
import { useFocusOnArrival } from './useFocusOnArrival.ts'
import { usePhoneMenu } from './usePhoneMenu.ts'

const NAVBAR_WIDTH = 224

/** The frame of all pages: where one is, where one can go, and whose shop it is. */
export function Shell() {
  const { t } = useTranslation('shell')
  const { isOpen, isMenu, isHidden, toggle, burger, navbar } = usePhoneMenu()
  useFocusOnArrival()
  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: NAVBAR_WIDTH, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          focusContent()
        }}
      >
        {t('skip')}
      </a>
      <AppShell.Header hiddenFrom="sm" px="sm">
        <Group h="100%" justify="space-between">
          <Mark />
          <Burger
            ref={burger}
            opened={isOpen}
            onClick={toggle}
            size="sm"
            aria-label={t('menu')}
            aria-expanded={isOpen}
            aria-controls="navigation"
          />
        </Group>
      </AppShell.Header>
      {/* Out of sight it is out of reach. */}
      <AppShell.Navbar ref={navbar} id="navigation" p="sm" aria-label={t('navigation')} inert={isHidden}>
        <NavigationBar />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} inert={isMenu}>
        <DemoNote />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}

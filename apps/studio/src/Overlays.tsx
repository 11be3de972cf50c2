import { MantineThemeProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** What is shown above the pages when somebody asks for it: questions, and what has come of an action. */
export function Overlays({ onThere }: { onThere: () => void }) {
  const { t } = useTranslation('shell', { useSuspense: false })
  // After those of what is below: they listen now.
  useEffect(onThere, [onThere])
  const named = { defaultProps: { closeButtonProps: { 'aria-label': t('close') } } }
  return (
    <MantineThemeProvider theme={{ components: { Notification: named, Modal: named } }} inherit>
      <ModalsProvider>
        <Notifications position="bottom-right" />
      </ModalsProvider>
    </MantineThemeProvider>
  )
}

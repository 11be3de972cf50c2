import { Alert, Anchor, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { useSession } from '../session/useSession.ts'

/** On the demo's first page: what is made up here, and where to make more of it. */
export function DemoNote() {
  const { t } = useTranslation('shell')
  const { isDemo } = useSession()
  const { pathname } = useLocation()
  if (!isDemo || pathname !== '/') return null
  return (
    <Alert mb="md" p="xs" color="gray" icon={<IconFlask size={18} stroke={1.6} aria-hidden />}>
      <Text size="sm">
        <Trans
          ns="shell"
          i18nKey="demoNote"
          t={t}
          components={{
            shop: <Anchor href="/demo" target="_blank" inherit underline="always" />,
            mailbox: <Anchor href="/mailbox" target="_blank" inherit underline="always" />,
          }}
        />
      </Text>
    </Alert>
  )
}

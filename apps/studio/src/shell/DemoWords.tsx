import { Anchor } from '@mantine/core'
import { Trans, useTranslation } from 'react-i18next'

/** What the demo's note says, with its links. */
export function DemoWords() {
  const { t } = useTranslation('shell')
  return (
    <Trans
      ns="shell"
      i18nKey="demoNote"
      t={t}
      components={{
        shop: <Anchor href="/demo" target="_blank" inherit underline="always" />,
        mailbox: <Anchor href="/mailbox" target="_blank" inherit underline="always" />,
      }}
    />
  )
}

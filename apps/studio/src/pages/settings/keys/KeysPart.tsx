import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { ReadOnlyNote } from '../ReadOnlyNote.tsx'
import { useMayChange } from '../useMayChange.ts'
import { ApiKeysPanel } from './ApiKeysPanel.tsx'
import { RenewableSecret } from './RenewableSecret.tsx'

/** What opens the shop's data, and what proves who is speaking. */
export default function KeysPart() {
  const { t } = useTranslation('settings')
  const mayChange = useMayChange('keys')
  // What opens everything is not even listed for others.
  if (!mayChange) return <ReadOnlyNote />
  return (
    <Stack gap="md">
      <ApiKeysPanel />
      <RenewableSecret
        title={t('secrets.identity.title')}
        text={t('secrets.identity.text')}
        warning={t('secrets.identity.warning')}
        read={async () => (await ask(api.identityKey.index.$get())).key}
        renew={async () => (await ask(api.identityKey.renew.$post())).key}
      />
    </Stack>
  )
}

import { Button, NativeSelect, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { instantOf, shownAt } from '../../../../formats/zoneTime.ts'
import { useSession } from '../../../../session/useSession.ts'
import { STUDIO_LOCALES } from '../../../../words/studioLocale.ts'
import { CustomerPicker, type PickedCustomer } from './CustomerPicker.tsx'
import type { TrySession } from './trySession.ts'

const HOUR = 3_600_000

/** With whom the journey is tried, and when that begins. */
export function TryForm({ onBegin }: { onBegin: (session: TrySession) => void }) {
  const { t, i18n } = useTranslation('journey')
  const { timeZone } = useSession().workspace
  const [who, setWho] = useState<'invented' | 'known'>('invented')
  const [picked, pick] = useState<PickedCustomer | null>(null)
  const [firstName, setFirstName] = useState('')
  const [email, setEmail] = useState('somebody@example.com')
  const [locale, setLocale] = useState(i18n.language in STUDIO_LOCALES ? i18n.language : 'en')
  const [mayWrite, setMayWrite] = useState(true)
  const [begin, setBegin] = useState(() => shownAt(Math.ceil(Date.now() / HOUR) * HOUR, timeZone))
  const isReady =
    !Number.isNaN(Date.parse(begin)) && (who === 'invented' ? email.includes('@') : picked !== null)
  const start = () => {
    const at = instantOf(begin, timeZone)
    const times = { begin: at, until: at, actions: [] }
    if (who === 'known' && picked)
      onBegin({ customer: { customerId: picked.id }, name: picked.name, ...times })
    if (who === 'invented')
      onBegin({
        customer: {
          email,
          locale,
          permission: mayWrite ? 'subscribed' : 'none',
          traits: firstName.trim() === '' ? {} : { firstName: firstName.trim() },
        },
        name: firstName.trim() || email,
        ...times,
      })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) start()
      }}
    >
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('panels.try.who')}
          value={who}
          onChange={(value) => setWho(value === 'known' ? 'known' : 'invented')}
          data={[
            { value: 'invented', label: t('panels.try.invented') },
            { value: 'known', label: t('panels.try.known') },
          ]}
        />
        {who === 'known' ? (
          <CustomerPicker picked={picked} onPick={pick} />
        ) : (
          <>
            <TextInput
              label={t('panels.try.firstName')}
              value={firstName}
              onChange={(event) => setFirstName(event.currentTarget.value)}
            />
            <TextInput
              label={t('panels.try.email')}
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <NativeSelect
              label={t('panels.try.language')}
              value={locale}
              onChange={({ currentTarget }) => setLocale(currentTarget.value)}
              data={Object.entries(STUDIO_LOCALES).map(([value, label]) => ({ value, label }))}
            />
            <Switch
              label={t('panels.try.mayWrite')}
              description={t('panels.try.mayWriteText')}
              checked={mayWrite}
              onChange={(event) => setMayWrite(event.currentTarget.checked)}
            />
          </>
        )}
        <TextInput
          label={t('panels.try.begin')}
          description={t('panels.try.beginText')}
          type="datetime-local"
          required
          value={begin}
          onChange={(event) => setBegin(event.currentTarget.value)}
        />
        <Button
          type="submit"
          disabled={!isReady}
          leftSection={<IconPlayerPlay size={16} stroke={1.6} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('panels.try.start')}
        </Button>
      </Stack>
    </form>
  )
}

import { Alert, Anchor, Button, Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { ConnectionSteps } from './ConnectionSteps.tsx'
import { PLATFORMS, type Connection, type PlatformName } from './connectionsQuery.ts'
import { filledIn, SecretFields, type Secrets } from './SecretFields.tsx'
import { useConnectionActions } from './useConnectionActions.ts'

/** Connects the shop's system: which it is, where it is, and what it signs with. */
export function NewConnection({ connections }: { connections: readonly Connection[] }) {
  const { t } = useTranslation('connections')
  const isTaken = (platform: PlatformName) => connections.some((other) => other.platform === platform)
  const [platform, setPlatform] = useState<PlatformName>(PLATFORMS.find((one) => !isTaken(one)) ?? 'generic')
  const [address, setAddress] = useState('')
  const [secrets, setSecrets] = useState<Secrets>({})
  const [knowsIds, setKnowsIds] = useState(true)
  const { make } = useConnectionActions('')
  const back = (
    <Anchor component={Link} to="/settings/connections" size="sm" w="fit-content">
      {t('back')}
    </Anchor>
  )
  if (make.data)
    return (
      <Stack gap="md">
        {back}
        <Panel title={t('made', { name: make.data.name })} text={t('madeText')}>
          <ConnectionSteps connection={make.data} secret={make.data.secret} />
        </Panel>
      </Stack>
    )
  return (
    <Stack gap="md">
      {back}
      <Panel title={t('new')} text={t('newText')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            make.mutate({
              platform,
              knowsIds,
              ...(address.trim() === '' ? {} : { address: address.trim() }),
              ...filledIn(secrets),
            })
          }}
        >
          <Stack gap="sm">
            <Radio.Group
              label={t('platform')}
              value={platform}
              onChange={(value) => {
                setPlatform(PLATFORMS.find((one) => one === value) ?? 'generic')
                setSecrets({})
              }}
            >
              <Stack gap="xs" mt="xs">
                {PLATFORMS.map((one) => (
                  <Radio
                    key={one}
                    value={one}
                    disabled={isTaken(one)}
                    label={t(`platforms.${one}`)}
                    description={t(isTaken(one) ? 'taken' : `platformTexts.${one}`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
            {platform === 'generic' ? null : (
              <TextInput
                label={t('address')}
                description={t(`addressTexts.${platform}`)}
                maw={480}
                value={address}
                onChange={({ currentTarget }) => setAddress(currentTarget.value)}
              />
            )}
            <SecretFields
              platform={platform}
              values={secrets}
              onChange={setSecrets}
              error={make.error}
              isNew
            />
            <Checkbox
              label={t('knowsIds')}
              description={t('knowsIdsText')}
              checked={knowsIds}
              onChange={({ currentTarget }) => setKnowsIds(currentTarget.checked)}
            />
            {make.error ? (
              <Alert color="red" variant="light" role="alert" p="xs">
                {messageOf(make.error)}
              </Alert>
            ) : null}
            <Button type="submit" w="fit-content" loading={make.isPending}>
              {t('connect')}
            </Button>
          </Stack>
        </form>
      </Panel>
    </Stack>
  )
}

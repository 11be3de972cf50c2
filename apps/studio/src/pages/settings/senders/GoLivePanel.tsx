import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { useSession } from '../../../session/useSession.ts'
import type { Sender } from './sendersQuery.ts'
import type { SenderActions } from './useSenderActions.ts'

/** A test mail to oneself, and with that taken, mails may go by the sender. */
export function GoLivePanel({
  sender,
  actions: { test, goLive },
  mayGoLive,
}: {
  sender: Sender
  actions: SenderActions
  mayGoLive: boolean
}) {
  const { t } = useTranslation('settings')
  const { user } = useSession()
  const [to, setTo] = useState(user.email)
  const [isForced, setForced] = useState(false)
  const [reason, setReason] = useState('')
  const isDraft = mayGoLive && !sender.isInstallation && sender.status !== 'live'
  const isBlocked = sender.check !== null && !sender.check.ok
  return (
    <Panel
      title={t(isDraft ? 'live.title' : 'live.testTitle')}
      text={t(isDraft ? 'live.text' : 'live.testText')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          test.mutate(to)
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            type="email"
            required
            label={t('live.to')}
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
            flex="1 1 220px"
            maw={360}
          />
          <Button type="submit" variant="default" loading={test.isPending}>
            {t('live.test')}
          </Button>
        </Group>
      </form>
      <Text size="sm" role="status">
        {test.data
          ? t(test.data.taken ? 'live.taken' : 'live.refused', { response: test.data.response })
          : ''}
      </Text>
      {[test, goLive].flatMap(({ error }) =>
        error ? (
          <Alert key={messageOf(error)} color="red" variant="light" role="alert" p="xs">
            {messageOf(error)}
          </Alert>
        ) : (
          []
        ),
      )}
      {isDraft ? (
        <Stack gap="sm">
          {isBlocked ? (
            <>
              <Checkbox
                label={t('live.force')}
                description={t('live.forceText')}
                checked={isForced}
                onChange={({ currentTarget }) => setForced(currentTarget.checked)}
              />
              {isForced ? (
                <TextInput
                  label={t('live.reason')}
                  value={reason}
                  onChange={({ currentTarget }) => setReason(currentTarget.value)}
                />
              ) : null}
            </>
          ) : null}
          <Group justify="flex-end">
            <Button
              loading={goLive.isPending}
              disabled={sender.testedAt === null || (isForced && reason.trim().length < 3)}
              onClick={() => goLive.mutate(isForced ? { force: true, reason } : {})}
            >
              {t('live.go')}
            </Button>
          </Group>
          {sender.testedAt === null ? (
            <Text size="xs" c="dimmed" ta="right">
              {t('live.testFirst')}
            </Text>
          ) : null}
        </Stack>
      ) : null}
    </Panel>
  )
}

import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Trans, useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { useSession } from '../../../session/useSession.ts'
import { Failure } from '../../../shell/Failure.tsx'
import { guideQuery, type Guide } from '../guideQuery.ts'

/** The mail that is sent: the first that customers get, as it will look. */
const TEMPLATE = 'welcome'

/** Sends the welcome mail to the reader, and says where it has gone. */
export function MailStep({ guide: { mail } }: { guide: Guide }) {
  const { t, i18n } = useTranslation('guide')
  const { user } = useSession()
  const queryClient = useQueryClient()
  const form = useForm({ initialValues: { to: user.email } })
  const send = useMutation({
    mutationFn: async ({ to }: { to: string }) => {
      const { senders } = await ask(api.senders.index.$get())
      const sent = await ask(
        api.templates[':name'].test.$post(
          { param: { name: TEMPLATE } },
          withBody({ to, locale: i18n.language }),
        ),
      )
      // A sender of the workspace with a server of its own takes its mails out, whatever the installation does.
      const sender = senders.find(({ purpose, isMain }) => purpose === 'marketing' && isMain)
      return { ...sent, goesOut: mail.goesOut || (sender?.server ?? null) !== null }
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: guideQuery.queryKey }),
  })
  return (
    <Stack gap="sm" maw={560}>
      <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
        <Group align="flex-end" gap="sm">
          <TextInput
            type="email"
            required
            label={t('steps.mail.to')}
            autoComplete="email"
            flex="1 1 240px"
            {...form.getInputProps('to')}
          />
          <Button type="submit" loading={send.isPending}>
            {t('steps.mail.send')}
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {send.error ? <Failure error={send.error} /> : null}
        {send.data ? <Sent {...send.data} mailbox={mail.mailbox} /> : null}
      </div>
    </Stack>
  )
}

function Sent({
  to,
  subject,
  taken,
  response,
  goesOut,
  mailbox,
}: {
  to: string
  subject: string
  taken: boolean
  response: string
  goesOut: boolean
  mailbox: string | null
}) {
  const { t } = useTranslation('guide')
  if (!taken)
    return (
      <Alert color="red" title={t('steps.mail.refused')}>
        <Text size="sm">{response}</Text>
      </Alert>
    )
  return (
    <Alert color="green" title={t('steps.mail.sent', { subject })}>
      <Text size="sm">
        {goesOut ? (
          t('steps.mail.out', { to, response })
        ) : mailbox === null ? (
          <Trans ns="guide" i18nKey="steps.mail.kept" t={t} components={{ code: <code /> }} />
        ) : (
          <Trans
            ns="guide"
            i18nKey="steps.mail.mailbox"
            t={t}
            components={{ mailbox: <Anchor href={mailbox} target="_blank" inherit /> }}
          />
        )}
      </Text>
    </Alert>
  )
}

import { Alert, Group, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { CancelMessage } from './CancelMessage.tsx'
import { MailPreview } from './MailPreview.tsx'
import { MessageFacts, MessageHeaders } from './MessageFacts.tsx'
import { MessageTimeline } from './MessageTimeline.tsx'
import { messageQuery, type MessageDetail } from './messageQueries.ts'
import classes from './Messages.module.css'
import { StateBadge } from './StateBadge.tsx'
import { useReason } from './useReason.ts'
import { useWhen } from './useWhen.ts'
import { PageLink } from '../../parts/PageLink.tsx'

const ALERTS: Partial<Record<MessageDetail['state'], string>> = {
  failed: 'red',
  dead: 'red',
  unknown: 'yellow',
}

/** Where it stands, why, and what can be done about it. */
function Standing({ message }: { message: MessageDetail }) {
  const when = useWhen()(message)
  const words = useReason()(message)
  return (
    <Alert color={ALERTS[message.state] ?? 'gray'} variant="light" mb="md" p="sm">
      <Group gap="sm" mb={words.what === '' ? 0 : 4}>
        <StateBadge state={message.state} />
        <Text size="sm" c="dimmed" title={when.exact}>
          {when.text}
        </Text>
      </Group>
      <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
        {words.what}
      </Text>
      <Text size="sm">{words.do}</Text>
    </Alert>
  )
}

function Message({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages')
  const { to, subject, template } = message
  return (
    <>
      <PageTitle
        title={subject ?? template}
        text={t('detail.to', { name: to.name === null ? to.address : `${to.name} <${to.address}>` })}
        actions={<CancelMessage message={message} />}
      />
      <Standing message={message} />
      <div className={classes.columns}>
        <MailPreview message={message} />
        <Stack>
          <MessageTimeline message={message} />
          <MessageFacts message={message} />
          <MessageHeaders message={message} />
        </Stack>
      </div>
    </>
  )
}

/** One mail, as it was sent, and what came of it. */
export function MessagePage() {
  const { t } = useTranslation('messages')
  const { messageId } = useParams({ from: '/inside/messages/$messageId' })
  const { data, error, refetch } = useQuery(messageQuery(messageId))
  return (
    <>
      <PageLink to="/messages" size="sm" mb="xs" style={{ display: 'inline-flex', gap: 4 }}>
        <IconArrowLeft size={16} stroke={1.6} aria-hidden />
        {t('detail.back')}
      </PageLink>
      {data ? (
        <Message message={data} />
      ) : error ? (
        <>
          <PageTitle title={t('title')} />
          <Failure error={error} reset={() => void refetch()} />
        </>
      ) : (
        <Loading />
      )}
    </>
  )
}

import { Anchor, Badge, Group, Text, Timeline } from '@mantine/core'
import {
  IconCheck,
  IconClick,
  IconClock,
  IconEye,
  IconFlag,
  IconMail,
  IconMailOff,
  IconMessage,
  IconRobot,
  IconSend,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import type { MessageDetail, MessageResponse } from './messageQueries.ts'
import { momentsOf, type Happened } from './momentsOf.ts'

const ICONS: Record<Happened, typeof IconMail> = {
  cause: IconFlag,
  created: IconMail,
  due: IconClock,
  attempted: IconSend,
  sent: IconCheck,
  opened: IconEye,
  clicked: IconClick,
  bounced: IconMailOff,
  bouncedForGood: IconMailOff,
  complained: IconFlag,
  unsubscribed: IconMailOff,
  resubscribed: IconCheck,
  confirmed: IconCheck,
  answered: IconMessage,
}

const MACHINES = ['head', 'no-user-agent', 'prefetch', 'privacy-proxy', 'bot', 'too-soon', 'burst'] as const

const isWebPage = (url: string) => /^https?:\/\//i.test(url)

/** Who opened or clicked, and why a machine is thought to be one. */
function Fetcher({ response: { isHuman, machine } }: { response: MessageResponse }) {
  const { t } = useTranslation('messages')
  if (isHuman === null) return null
  const known = MACHINES.find((reason) => reason === machine)
  return (
    <Group gap={6} component="span">
      <Badge size="sm" radius="sm" tt="none" variant="light" color={isHuman ? 'green' : 'gray'}>
        {t(isHuman ? 'happened.person' : 'happened.machine')}
      </Badge>
      {isHuman ? null : (
        <Text size="xs" c="dimmed" span>
          {known ? t(`machine.${known}`) : machine}
        </Text>
      )}
    </Group>
  )
}

function Details({ response }: { response: MessageResponse }): ReactNode {
  const { url, detail } = response
  return (
    <>
      <Fetcher response={response} />
      {url === null ? null : (
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {isWebPage(url) ? (
            <Anchor href={url} target="_blank" rel="noreferrer noopener" size="xs">
              {url}
            </Anchor>
          ) : (
            url
          )}
        </Text>
      )}
      {detail === null ? null : (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {detail}
        </Text>
      )}
    </>
  )
}

/** Everything that has happened to a mail, in its order. */
export function MessageTimeline({ message }: { message: MessageDetail }) {
  const { t } = useTranslation('messages')
  const formats = useFormats()
  const moments = momentsOf(message)
  return (
    <Panel title={t('detail.timeline')}>
      <Timeline bulletSize={22} lineWidth={2} active={moments.length}>
        {moments.map(({ key, happened, at, response, text }) => {
          const Icon = response?.isHuman === false ? IconRobot : ICONS[happened]
          return (
            <Timeline.Item
              key={key}
              bullet={<Icon size={13} stroke={1.8} aria-hidden />}
              title={<Text size="sm">{t(`happened.${happened}`)}</Text>}
            >
              <Text size="xs" c="dimmed" title={formats.relative(at)}>
                {formats.dateTime(at)}
              </Text>
              {text === undefined ? null : (
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {text}
                </Text>
              )}
              {response ? <Details response={response} /> : null}
            </Timeline.Item>
          )
        })}
      </Timeline>
      {message.hasMoreResponses ? (
        <Text size="sm" c="dimmed">
          {t('happened.more')}
        </Text>
      ) : null}
    </Panel>
  )
}

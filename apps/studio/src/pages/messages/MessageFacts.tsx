import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import { Fact } from './Fact.tsx'
import type { MessageDetail } from './messageQueries.ts'
import classes from './Messages.module.css'
import { PageLink } from '../../parts/PageLink.tsx'

const shownAddress = ({ name, address }: { name: string; address: string }) =>
  name === '' ? address : `${name} <${address}>`

/** What it is, to whom, and why somebody gets it. */
export function MessageFacts({ message }: { message: MessageDetail }) {
  const { t } = useTranslation(['messages', 'states'])
  const formats = useFormats()
  const { to, customerId, journey, campaign, run, cause, state } = message
  const event = cause && (cause.name ?? cause.type)
  return (
    <Panel title={t('detail.facts')}>
      <dl className={classes.facts}>
        <Fact name={t('detail.customer')}>
          <PageLink to="/customers/$customerId" params={{ customerId }} size="sm">
            {to.name ?? to.address}
          </PageLink>
          {to.name === null ? null : (
            <Text size="xs" c="dimmed">
              {to.address}
            </Text>
          )}
        </Fact>
        <Fact name={t('detail.campaign')}>
          {campaign && (
            <PageLink to="/messages" search={{ campaign: campaign.id }} size="sm">
              {campaign.name}
            </PageLink>
          )}
        </Fact>
        <Fact name={t('detail.variant')}>{message.variant}</Fact>
        <Fact name={t('detail.journey')}>
          {journey && (
            <PageLink to="/messages" search={{ journey: journey.id }} size="sm">
              {journey.name}
            </PageLink>
          )}
        </Fact>
        <Fact name={t('detail.step')}>{message.step}</Fact>
        <Fact name={t('detail.cause')}>
          {event !== null && cause
            ? t('detail.causeWhen', { event, when: formats.dateTime(cause.at) })
            : journey && t('detail.causeUnknown')}
        </Fact>
        <Fact name={t('detail.run')}>
          {run &&
            (run.endedAt === null
              ? t('detail.runRunning', { when: formats.dateTime(run.startedAt) })
              : t('detail.runEnded', { when: formats.dateTime(run.endedAt) }))}
        </Fact>
        <Fact name={t('detail.template')}>
          <PageLink to="/messages" search={{ template: message.template }} size="sm">
            {message.template}
          </PageLink>
        </Fact>
        <Fact name={t('detail.purpose')}>{t(`purpose.${message.purpose}`, { ns: 'states' })}</Fact>
        <Fact name={t('detail.topic')}>{message.topic}</Fact>
        <Fact name={t('detail.language')}>{message.locale}</Fact>
        <Fact name={t('detail.attempts')}>{formats.number(message.attempts)}</Fact>
        <Fact name={t('detail.expires')}>
          {state === 'queued' || state === 'sending' ? formats.dateTime(message.expiresAt) : null}
        </Fact>
      </dl>
      {message.isClaimed ? (
        <Text size="sm" c="dimmed">
          {t('detail.claimed')}
        </Text>
      ) : null}
    </Panel>
  )
}

/** Between whom it goes, and what mail programs are told beside it. */
export function MessageHeaders({ message: { headers } }: { message: MessageDetail }) {
  const { t } = useTranslation('messages')
  const { from, replyTo, messageId, listUnsubscribe, dkimDomain, sender } = headers
  return (
    <Panel title={t('detail.headers')} text={t('detail.asToday')}>
      <dl className={classes.facts}>
        <Fact name={t('detail.from')}>{shownAddress(from)}</Fact>
        <Fact name={t('detail.replyTo')}>{replyTo}</Fact>
        <Fact name={t('detail.sender')}>{sender}</Fact>
        <Fact name={t('detail.messageId')}>{messageId}</Fact>
        <Fact name={t('detail.unsubscribe')}>{t(listUnsubscribe ? 'detail.yes' : 'detail.no')}</Fact>
        <Fact name={t('detail.dkim')}>{dkimDomain ?? t('detail.dkimServer')}</Fact>
      </dl>
    </Panel>
  )
}

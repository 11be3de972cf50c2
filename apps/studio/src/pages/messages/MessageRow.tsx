import { Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OutboxMessage } from './messageQueries.ts'
import classes from './Messages.module.css'
import { StateBadge } from './StateBadge.tsx'
import { useReason } from './useReason.ts'
import { useWhen } from './useWhen.ts'
import { PageLink } from '../../parts/PageLink.tsx'

const sourceOf = ({ campaign, journey, variant }: OutboxMessage) =>
  [campaign?.name ?? journey?.name, variant].filter(Boolean).join(' · ')

/** The name of a mail, which leads to it: what it was called in the mailbox, or its template. */
function MailLink({ message }: { message: OutboxMessage }) {
  const { id, subject, template } = message
  const name = subject ?? template
  return (
    <PageLink
      to="/messages/$messageId"
      params={{ messageId: id }}
      fw={550}
      size="sm"
      className={classes.line}
      title={name}
    >
      {name}
    </PageLink>
  )
}

function Recipient({ to }: { to: OutboxMessage['to'] }) {
  return (
    <>
      {to.name === null ? null : (
        <Text size="sm" className={classes.line} title={to.name}>
          {to.name}
        </Text>
      )}
      <Text size={to.name === null ? 'sm' : 'xs'} c="dimmed" className={classes.line} title={to.address}>
        {to.address}
      </Text>
    </>
  )
}

/** Why it is in its state, where that says more than the state itself. */
function Reason({ message }: { message: OutboxMessage }) {
  const reasonOf = useReason()
  if (message.why === null) return null
  const { what } = reasonOf(message)
  return (
    <Text size="xs" c="dimmed" className={classes.reason} title={what}>
      {what}
    </Text>
  )
}

/** One mail as a row of the table. */
export function MessageRow({ message }: { message: OutboxMessage }) {
  const { t } = useTranslation('states')
  const when = useWhen()(message)
  const source = sourceOf(message)
  return (
    <Table.Tr data-message={message.id}>
      <Table.Td>
        <MailLink message={message} />
        <Text size="xs" c="dimmed" className={classes.line} title={message.template}>
          {message.subject === null ? '' : `${message.template} · `}
          {t(`purpose.${message.purpose}`)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Recipient to={message.to} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" className={classes.line} title={source}>
          {source === '' ? '–' : source}
        </Text>
      </Table.Td>
      <Table.Td>
        <StateBadge state={message.state} />
        <Reason message={message} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" title={when.exact}>
          {when.text}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

/** The same where there is no room for a table. */
export function MessageCard({ message }: { message: OutboxMessage }) {
  const when = useWhen()(message)
  return (
    <li className={classes.card} data-message={message.id}>
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <MailLink message={message} />
          <Text size="xs" c="dimmed" className={classes.line} title={message.to.address}>
            {message.to.name === null ? message.to.address : `${message.to.name} · ${message.to.address}`}
          </Text>
        </div>
        <StateBadge state={message.state} />
      </Group>
      <Text size="xs" c="dimmed" title={when.exact}>
        {[when.text, sourceOf(message)].filter(Boolean).join(' · ')}
      </Text>
      <Reason message={message} />
    </li>
  )
}

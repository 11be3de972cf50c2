import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { useSession } from '../../session/useSession.ts'
import { isKnownAction } from './auditActions.ts'
import classes from './AuditRow.module.css'

interface AuditEntry {
  at: string
  actor: string
  actorName: string | null
  action: string
  details: Record<string, unknown>
}

/** One thing that was done: when, by whom, and all that was noted of it. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('access')
  const { dateTime } = useFormats()
  const { at, action, details } = entry
  const who = useWho(entry)
  const what = isKnownAction(action) ? t(`audit.actions.${action}`) : action
  return (
    <Table.Tr>
      <Table.Td visibleFrom="sm">
        <Text size="xs" c="dimmed" component="time" dateTime={at}>
          {dateTime(at)}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm" truncate title={who}>
          {who}
        </Text>
      </Table.Td>
      <Table.Td>
        {Object.keys(details).length === 0 ? (
          <Text size="sm">{what}</Text>
        ) : (
          <details>
            <Text component="summary" size="sm">
              {what}
            </Text>
            <pre className={classes.details}>{JSON.stringify(details, null, 2)}</pre>
          </details>
        )}
        <Text size="xs" c="dimmed" hiddenFrom="sm" truncate>
          {who} · {dateTime(at)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

function useWho({ actor, actorName }: AuditEntry): string {
  const { t } = useTranslation('access')
  const { user } = useSession()
  const [kind, name = ''] = actor.split(' ', 2)
  if (kind === 'user') return name === user.id ? t('audit.you') : (actorName ?? t('audit.gone'))
  if (kind === 'key') return t('audit.key', { prefix: name })
  if (actor === 'cli') return t('audit.cli')
  return actor === 'nobody' ? t('audit.nobody') : actor
}

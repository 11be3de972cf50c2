import { Button, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { useFormats } from '../../formats/useFormats.ts'
import type { Invitation } from './teamQuery.ts'
import { useTeamAction } from './useTeamAction.ts'

/** Who was asked to join and has not yet. */
export function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const { t } = useTranslation(['access', 'shell'])
  const { dateTime } = useFormats()
  const withdraw = useTeamAction(
    (id: string) => ask(api.team.invitations[':id'].$delete({ param: { id } })),
    t('team.withdrawn'),
  )
  if (invitations.length === 0) return null
  return (
    <Table verticalSpacing="xs" layout="fixed" aria-label={t('team.invitations')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('team.invitations')}</Table.Th>
          <Table.Th w={120} aria-label={t('team.actions')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {invitations.map(({ id, email, role, expiresAt, expired }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Text size="sm" fw={500} truncate title={email}>
                {email}
              </Text>
              <Text size="xs" c="dimmed">
                {t(`roles.${role}`, { ns: 'shell' })} ·{' '}
                {t(expired ? 'team.expiredOn' : 'team.until', { time: dateTime(expiresAt) })}
              </Text>
            </Table.Td>
            <Table.Td ta="end">
              <Button
                size="compact-xs"
                variant="default"
                loading={withdraw.isPending && withdraw.variables === id}
                aria-label={t('team.withdrawOf', { email })}
                onClick={() => withdraw.mutate(id)}
              >
                {t('team.withdraw')}
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

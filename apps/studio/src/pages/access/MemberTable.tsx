import { Badge, Group, NativeSelect, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { useSession } from '../../session/useSession.ts'
import { MemberMenu } from './MemberMenu.tsx'
import type { Member } from './teamQuery.ts'
import { useRoleOptions } from './useRoleOptions.ts'
import { useTeamAction } from './useTeamAction.ts'

/** The people who work here. Their roles are changed in place. */
export function MemberTable({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation('access')
  const { date } = useFormats()
  const { user } = useSession()
  const options = useRoleOptions()
  const change = useTeamAction(
    ({ id, role }: { id: string; role: string }) =>
      ask(api.team.members[':id'].$put({ param: { id } }, withBody({ role }))),
    t('team.roleChanged'),
  )
  const owners = members.filter(({ role }) => role === 'owner').length
  return (
    <Table verticalSpacing="xs" layout="fixed" aria-label={t('team.members')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('team.person')}</Table.Th>
          <Table.Th w={146}>{t('team.role')}</Table.Th>
          <Table.Th w={130} visibleFrom="sm">
            {t('team.since')}
          </Table.Th>
          <Table.Th w={52} aria-label={t('team.actions')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {members.map((member) => {
          const isLastOwner = member.role === 'owner' && owners < 2
          return (
            <Table.Tr key={member.id}>
              <Table.Td>
                <Group gap={6} wrap="nowrap">
                  <Text size="sm" fw={500} truncate title={member.name}>
                    {member.name}
                  </Text>
                  {member.id === user.id ? (
                    <Badge size="xs" variant="default" flex="none">
                      {t('team.you')}
                    </Badge>
                  ) : null}
                </Group>
                <Text size="xs" c="dimmed" truncate title={member.email}>
                  {member.email}
                </Text>
              </Table.Td>
              <Table.Td>
                <NativeSelect
                  size="xs"
                  aria-label={t('team.roleOf', { name: member.name })}
                  data={options}
                  value={member.role}
                  disabled={isLastOwner || change.isPending}
                  {...(isLastOwner ? { title: t('team.lastOwner') } : {})}
                  onChange={({ currentTarget }) =>
                    change.mutate({ id: member.id, role: currentTarget.value })
                  }
                />
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Text size="xs" c="dimmed">
                  {date(member.joinedAt)}
                </Text>
              </Table.Td>
              <Table.Td>
                <MemberMenu member={member} isLastOwner={isLastOwner} />
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

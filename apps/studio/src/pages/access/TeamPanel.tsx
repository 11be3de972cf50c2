import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/Panel.tsx'
import { useSession } from '../../session/useSession.ts'
import { Failure } from '../../shell/Failure.tsx'
import { InvitationTable } from './InvitationTable.tsx'
import { InviteForm } from './InviteForm.tsx'
import { MemberTable } from './MemberTable.tsx'
import { NotInDemo } from './NotInDemo.tsx'
import { OwnersOnly } from './OwnersOnly.tsx'
import { RoleList } from './RoleList.tsx'
import { teamQuery } from './teamQuery.ts'

/** Who works here, as what, and who is invited. */
export function TeamPanel() {
  return (
    <OwnersOnly>
      <Team />
    </OwnersOnly>
  )
}

function Team() {
  const { t } = useTranslation('access')
  const { isDemo } = useSession()
  const { data, error, refetch } = useQuery(teamQuery)
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Skeleton height={220} aria-busy="true" />
  return (
    <Stack gap="md">
      {isDemo ? (
        <NotInDemo>{t('team.demo')}</NotInDemo>
      ) : (
        <>
          <Panel title={t('team.members')}>
            <MemberTable members={data.members} />
          </Panel>
          <Panel title={t('team.invite')} text={t('team.inviteText')}>
            <InviteForm />
            <InvitationTable invitations={data.invitations} />
          </Panel>
        </>
      )}
      <Panel title={t('team.roles')}>
        <RoleList />
      </Panel>
    </Stack>
  )
}

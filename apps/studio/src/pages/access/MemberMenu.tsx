import { ActionIcon, Menu, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconDots, IconKey, IconUserMinus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { CopyValue } from '../settings/CopyValue.tsx'
import type { Member } from './teamQuery.ts'
import { useTeamAction } from './useTeamAction.ts'

/** What an owner does about somebody: a link for another password, and the end. */
export function MemberMenu({ member, isLastOwner }: { member: Member; isLastOwner: boolean }) {
  const { t } = useTranslation('access')
  const { id, name, email } = member
  const remove = useTeamAction(
    () => ask(api.team.members[':id'].$delete({ param: { id } })),
    t('team.removed', { name }),
  )
  const link = useMutation({
    mutationFn: () => ask(api.team.links.$post({}, withBody({ email }))),
    onSuccess: (made) =>
      modals.open({
        title: t('team.resetTitle', { name }),
        children: (
          <Stack gap="sm">
            <Text size="sm">{t('team.resetText')}</Text>
            <CopyValue label={t('team.link')} value={made.link} />
          </Stack>
        ),
      }),
    onError: (error) => notifications.show({ color: 'red', message: messageOf(error) }),
  })
  const confirmRemoval = () =>
    modals.openConfirmModal({
      title: t('team.removeTitle', { name }),
      children: <Text size="sm">{t('team.removeText')}</Text>,
      labels: { confirm: t('team.remove'), cancel: t('team.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(undefined),
    })
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('team.actionsOf', { name })}>
          <IconDots size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconKey size={16} stroke={1.6} aria-hidden />} onClick={() => link.mutate()}>
          {t('team.reset')}
        </Menu.Item>
        <Menu.Item
          color="red"
          disabled={isLastOwner}
          leftSection={<IconUserMinus size={16} stroke={1.6} aria-hidden />}
          onClick={confirmRemoval}
        >
          {t('team.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

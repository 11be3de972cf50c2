import { Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { useSession } from '../../session/useSession.ts'
import type { MapOffer } from './homeQuery.ts'

/** Switches a shipped journey on, after having said what that does. Who may not is told who may. */
export function SwitchOn({ offer, children }: { offer: MapOffer; children: ReactNode }) {
  const { t } = useTranslation(['home', 'states'])
  const { role } = useSession()
  const queryClient = useQueryClient()
  const stage = t(`stage.${offer.stage}`, { ns: 'states' })
  const { mutate, isPending } = useMutation({
    mutationFn: () => ask(api.journeys[':id'].publish.$post({ param: { id: offer.id } }, withBody({}))),
    onSuccess: () => notifications.show({ message: t('switchOn.done', { name: offer.name }) }),
    onError: (error) => notifications.show({ color: 'red', message: messageOf(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['home'] }),
  })
  if (role !== 'owner' && role !== 'marketer')
    return (
      <Text size="xs" c="dimmed">
        {t('switchOn.forbidden')}
      </Text>
    )
  const confirm = () =>
    modals.openConfirmModal({
      title: t('switchOn.title', { name: offer.name }),
      children: <Text size="sm">{t('switchOn.text', { count: offer.mails, stage })}</Text>,
      labels: { confirm: t('switchOn.confirm'), cancel: t('switchOn.cancel') },
      onConfirm: () => mutate(),
    })
  return (
    <Button size="compact-xs" variant="light" loading={isPending} onClick={confirm}>
      {children}
    </Button>
  )
}

import { Anchor, Badge, Group, Switch, Table, Text, ThemeIcon } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { useMayChange } from '../../segments/useMayChange.ts'
import { onsiteListQuery, saveOnsite, type OnsiteListed } from '../onsiteQueries.ts'
import { KIND_ICONS } from '../start/KindCards.tsx'
import { OnsiteMenu } from './OnsiteMenu.tsx'

/** One message of the list. */
export function OnsiteRow({ listed: { message, hash, isShown } }: { listed: OnsiteListed }) {
  const { t } = useTranslation('onsite')
  const { t: state } = useTranslation('states')
  const { date } = useFormats()
  const mayChange = useMayChange()
  const queryClient = useQueryClient()
  const { id, name, kind, live, stages, rules, frequency, from, endsAt } = message
  const switching = useMutation({
    mutationFn: (isOn: boolean) => saveOnsite({ ...message, live: isOn }, hash),
    onSuccess: (_, isOn) =>
      notifications.show({ message: t(isOn ? 'editor.isLive' : 'editor.isOff', { name }) }),
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: onsiteListQuery.queryKey, exact: true }),
  })
  const Icon = KIND_ICONS[kind]
  const who = [
    stages.length === 0 ? t('list.everyone') : stages.map((stage) => state(`stage.${stage}`)).join(', '),
    ...rules.pages,
    ...rules.devices.map((device) => t(`who.device.${device}`)),
  ].join(' · ')
  const often = [
    frequency.days === 0 ? t('list.eachTime') : t('list.days', { days: frequency.days }),
    ...(frequency.most === null ? [] : [t('list.most', { most: frequency.most })]),
  ].join(' · ')
  const times = { from: from === null ? '' : date(from), until: endsAt === null ? '' : date(endsAt) }
  const when =
    from === null
      ? endsAt === null
        ? t('list.always')
        : t('list.until', times)
      : endsAt === null
        ? t('list.from', times)
        : t('list.between', times)
  const isOver = endsAt !== null && Date.parse(endsAt) <= Date.now()
  return (
    <Table.Tr>
      <Table.Td maw={0} w="100%">
        <Group gap="sm" wrap="nowrap">
          <ThemeIcon variant="light" size={34} radius="md" visibleFrom="sm">
            <Icon size={18} stroke={1.6} aria-hidden />
          </ThemeIcon>
          <div style={{ minWidth: 0 }}>
            <Anchor
              renderRoot={(props) => <Link to="/onsite/$onsiteId" params={{ onsiteId: id }} {...props} />}
              fw={600}
              size="sm"
              truncate
              display="block"
              title={name}
            >
              {name}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t(`kinds.${kind}.name`)}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md" miw={160}>
        <Text size="sm" maw={260} lineClamp={2} title={who} className="any-text">
          {who}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="lg" style={{ whiteSpace: 'nowrap' }}>
        <Text size="sm">{often}</Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
        <Text size="sm">{when}</Text>
        {live && !isShown ? (
          <Badge variant="light" color="orange">
            {t(isOver ? 'list.over' : 'list.waits')}
          </Badge>
        ) : null}
      </Table.Td>
      <Table.Td>
        <Switch
          aria-label={t('list.switch', { name })}
          checked={live}
          disabled={!mayChange || switching.isPending}
          onChange={({ currentTarget }) => switching.mutate(currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td p={0}>
        <OnsiteMenu id={id} name={name} />
      </Table.Td>
    </Table.Tr>
  )
}

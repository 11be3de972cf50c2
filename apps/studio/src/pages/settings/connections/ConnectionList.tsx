import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { ReadOnlyNote } from '../ReadOnlyNote.tsx'
import classes from '../senders/SenderList.module.css'
import { useMayChange } from '../useMayChange.ts'
import { ConnectionState } from './ConnectionState.tsx'
import { PLATFORMS, type Connection } from './connectionsQuery.ts'

/** The systems that tell of the shop's customers, orders and products. */
export function ConnectionList({ connections }: { connections: readonly Connection[] }) {
  const { t } = useTranslation('connections')
  const { relative } = useFormats()
  const mayChange = useMayChange('connections')
  const isRoom = connections.length < PLATFORMS.length
  const add =
    mayChange && isRoom ? (
      <Button
        component={Link}
        to="/settings/connections"
        hash="+"
        size="xs"
        leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
      >
        {t('add')}
      </Button>
    ) : null
  if (connections.length === 0)
    return (
      <>
        {mayChange ? null : <ReadOnlyNote />}
        <Empty
          icon={<IconPlugConnected size={24} stroke={1.6} aria-hidden />}
          title={t('none')}
          text={t('noneText')}
          action={add}
        />
      </>
    )
  return (
    <>
      {mayChange ? null : <ReadOnlyNote />}
      <Panel title={t('all')} text={t('allText')} actions={add}>
        <Stack gap={0} component="ul" className={classes.list}>
          {connections.map((connection) => (
            <li key={connection.id} className={classes.item}>
              <UnstyledButton
                component={Link}
                to="/settings/connections"
                hash={connection.id}
                className={classes.link}
              >
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <div className={classes.words}>
                    <Group gap={6}>
                      <Text fw={600} size="sm" truncate maw="100%">
                        {connection.name}
                      </Text>
                      <ConnectionState connection={connection} />
                    </Group>
                    <Text size="xs" c="dimmed">
                      {[
                        t(`platforms.${connection.platform}`),
                        ...(connection.address === null ? [] : [connection.address]),
                        connection.heardAt === null
                          ? t('neverHeard')
                          : t('heard', { when: relative(connection.heardAt) }),
                      ].join(' · ')}
                    </Text>
                  </div>
                  <IconChevronRight size={18} stroke={1.6} aria-hidden className={classes.arrow} />
                </Group>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      </Panel>
    </>
  )
}

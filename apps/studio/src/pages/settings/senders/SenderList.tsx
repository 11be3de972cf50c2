import { Badge, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { ReadOnlyNote } from '../ReadOnlyNote.tsx'
import { useMayChange } from '../useMayChange.ts'
import classes from './SenderList.module.css'
import type { Sender } from './sendersQuery.ts'
import { SenderStatus } from './SenderStatus.tsx'

/** All senders, with what came of their mails in the last day. */
export function SenderList({ senders }: { senders: readonly Sender[] }) {
  const { t } = useTranslation(['settings', 'states'])
  const { number } = useFormats()
  const mayChange = useMayChange('senders')
  return (
    <>
      {mayChange ? null : <ReadOnlyNote />}
      <Panel
        title={t('senders.all')}
        text={t('senders.allText')}
        actions={
          mayChange ? (
            <Button
              component={Link}
              to="/settings/senders"
              hash="+"
              size="xs"
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            >
              {t('senders.add')}
            </Button>
          ) : null
        }
      >
        <Stack gap={0} component="ul" className={classes.list}>
          {senders.map((sender) => (
            <li key={sender.id} className={classes.item}>
              <UnstyledButton
                component={Link}
                to="/settings/senders"
                hash={sender.id}
                className={classes.link}
              >
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <div className={classes.words}>
                    <Group gap={6}>
                      <Text fw={600} size="sm" truncate maw="100%">
                        {sender.from.name === ''
                          ? sender.from.address
                          : `${sender.from.name} <${sender.from.address}>`}
                      </Text>
                      <SenderStatus status={sender.status} />
                      {sender.isMain ? <Badge variant="default">{t('senders.main')}</Badge> : null}
                    </Group>
                    <Text size="xs" c="dimmed">
                      {[
                        t(`purpose.${sender.purpose}`, { ns: 'states' }),
                        sender.server?.host ?? t('senders.installation'),
                        t('senders.sentToday', { sent: number(sender.day.sent) }),
                        ...(sender.day.bounced > 0
                          ? [t('senders.bouncedToday', { bounced: number(sender.day.bounced) })]
                          : []),
                      ].join(' · ')}
                    </Text>
                    {sender.reason === null ? null : (
                      <Text size="xs" c="var(--mantine-color-error)">
                        {sender.reason}
                      </Text>
                    )}
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

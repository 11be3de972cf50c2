import { Button, Group, Menu, Popover, Stack, TextInput } from '@mantine/core'
import { IconBolt, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../../session/useSession.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import { actionOf, DEEDS } from './tryActions.ts'
import { doNow, type TryHistory } from './trySession.ts'

/** What the customer can be made to do at the time of the clock. */
export function TryDeeds({
  history,
  mail,
  onHistory,
}: {
  history: TryHistory
  /** The id of the mail that was sent last. */
  mail: string | undefined
  onHistory: (history: TryHistory) => void
}) {
  const { t } = useTranslation('journey')
  const { definition } = useJourneyEditing()
  const { currency } = useSession().workspace
  const [isNaming, setNaming] = useState(false)
  const [event, setEvent] = useState('')
  const context = {
    journey: definition,
    currency: currency ?? 'EUR',
    count: history.now.actions.length + 1,
    mail,
  }
  const possible = DEEDS.flatMap((deed) => {
    const action = actionOf(deed, context)
    return action ? [{ deed, action }] : []
  })
  const startedBy = definition.trigger.kind === 'event' ? (definition.trigger.name ?? '') : ''
  return (
    <Group gap={6}>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            size="xs"
            variant="light"
            leftSection={<IconBolt size={14} stroke={1.6} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t('panels.try.do')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {possible.map(({ deed, action }) => (
            <Menu.Item key={deed} onClick={() => onHistory(doNow(history, action))}>
              {t(`panels.try.deeds.${deed}`, { event: startedBy })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Popover opened={isNaming} onChange={setNaming} trapFocus withinPortal position="bottom-start">
        <Popover.Target>
          <Button size="xs" variant="subtle" onClick={() => setNaming(!isNaming)}>
            {t('panels.try.other')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <form
            onSubmit={(submitted) => {
              submitted.preventDefault()
              const name = event.trim()
              if (name === '') return
              onHistory(doNow(history, { event: { type: 'track', event: name, properties: {} } }))
              setNaming(false)
            }}
          >
            <Stack gap="xs">
              <TextInput
                label={t('panels.try.eventName')}
                placeholder="Survey Answered"
                value={event}
                maxLength={200}
                data-autofocus
                onChange={(changed) => setEvent(changed.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={event.trim() === ''}>
                {t('panels.try.happens')}
              </Button>
            </Stack>
          </form>
        </Popover.Dropdown>
      </Popover>
    </Group>
  )
}

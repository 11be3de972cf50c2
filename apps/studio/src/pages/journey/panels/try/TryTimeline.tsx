import { ActionIcon, Anchor, Group, Stack, Switch, Text, ThemeIcon } from '@mantine/core'
import {
  IconArrowsExchange,
  IconBolt,
  IconEye,
  IconMail,
  IconPoint,
  IconRoute,
  IconTicket,
  IconWebhook,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TryAnswer } from '../../../../api/contract.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import { JourneyLink } from '../JourneyLink.tsx'
import { Section } from '../Section.tsx'
import { TryMailPreview } from './TryMailPreview.tsx'
import type { TryCustomer } from './trySession.ts'

type Entry = TryAnswer['timeline'][number]

const ICONS = {
  event: IconBolt,
  transition: IconArrowsExchange,
  run: IconRoute,
  step: IconPoint,
  mail: IconMail,
  coupon: IconTicket,
  webhook: IconWebhook,
} as const

const COLOURS = {
  event: 'blue',
  transition: 'grape',
  run: 'green',
  step: 'gray',
  mail: 'green',
  coupon: 'yellow',
  webhook: 'gray',
} as const

/** Everything that has happened in a try, the newest first. */
export function TryTimeline({ answer, customer }: { answer: TryAnswer; customer: TryCustomer }) {
  const { t } = useTranslation('journey')
  const { dateTime } = useFormats()
  const { definition, select } = useJourneyEditing()
  const [shown, show] = useState<TryAnswer['messages'][number]>()
  const [showsOthers, setShowsOthers] = useState(false)
  const steps = new Set(definition.steps.map(({ id }) => id))
  const isOurs = ({ journey, step }: Entry) =>
    journey === definition.id && step !== undefined && steps.has(step)
  // What other journeys do in between is of interest where it is a mail: it counts for the same person.
  const isShown = ({ kind, journey }: Entry) =>
    showsOthers || journey === undefined || journey === definition.id || kind === 'mail'
  const entries = [...answer.timeline.entries()].filter(([, entry]) => isShown(entry)).toReversed()
  return (
    <Section title={t('panels.try.timeline')}>
      <Switch
        size="xs"
        label={t('panels.try.others')}
        checked={showsOthers}
        onChange={(event) => setShowsOthers(event.currentTarget.checked)}
      />
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {t('panels.try.nothingYet')}
        </Text>
      ) : null}
      <Stack gap={8} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {entries.map(([place, entry]) => {
          const Icon = ICONS[entry.kind]
          const isBad = entry.outcome === 'refused' || entry.outcome === 'expired'
          const mail = answer.messages.find(({ id }) => id === entry.messageId)
          return (
            <Group component="li" key={place} gap="sm" wrap="nowrap" align="flex-start">
              <ThemeIcon
                size="sm"
                radius="xl"
                variant="light"
                color={isBad ? 'gray' : COLOURS[entry.kind]}
                mt={2}
              >
                <Icon size={13} stroke={1.8} aria-hidden />
              </ThemeIcon>
              <div style={{ minWidth: 0, flex: 1 }}>
                <Text size="xs" c="dimmed">
                  {dateTime(entry.at)}
                  {isOurs(entry) ? (
                    <>
                      {' · '}
                      <Anchor
                        component="button"
                        type="button"
                        size="xs"
                        onClick={() => select(entry.step ?? '')}
                      >
                        {entry.step}
                      </Anchor>
                    </>
                  ) : entry.journey !== undefined && entry.journey !== definition.id ? (
                    <>
                      {' · '}
                      <JourneyLink id={entry.journey} size="xs" />
                    </>
                  ) : null}
                </Text>
                <Text size="sm" className="any-text">
                  {entry.sentence}
                </Text>
              </div>
              {mail ? (
                <ActionIcon
                  variant="default"
                  aria-label={t('panels.try.look', { template: mail.template })}
                  onClick={() => show(mail)}
                >
                  <IconEye size={16} stroke={1.6} aria-hidden />
                </ActionIcon>
              ) : null}
            </Group>
          )
        })}
      </Stack>
      {shown ? <TryMailPreview mail={shown} customer={customer} onClose={() => show(undefined)} /> : null}
    </Section>
  )
}

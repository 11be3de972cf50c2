import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import type { CustomerDetail } from '../customerQueries.ts'
import { REGIONS, useStateNames } from './useStateNames.ts'

/** Where the customer stands in each region of the lifecycle, why, and what comes next by itself. */
export function StatesPanel({ customer: { reasons } }: { customer: CustomerDetail }) {
  const { t } = useTranslation(['customer', 'states'])
  const formats = useFormats()
  const nameOf = useStateNames()
  return (
    <Panel title={t('states.title')}>
      <Stack gap="sm">
        {REGIONS.map((region) => {
          const { state, sentence, next } = reasons[region]
          return (
            <div key={region}>
              <Group gap={8} mb={2}>
                <Text size="xs" c="dimmed" w={96}>
                  {t(`region.${region}`, { ns: 'states' })}
                </Text>
                <Badge variant={region === 'stage' ? 'light' : 'default'} tt="none" size="sm">
                  {nameOf(region, state)}
                </Badge>
              </Group>
              <Text size="sm">{sentence}</Text>
              {next ? (
                <Group gap={4} mt={2} c="dimmed">
                  <IconClockHour4 size={13} stroke={1.6} aria-hidden />
                  <Text size="xs" title={formats.dateTime(next.at)}>
                    {t('states.next', { state: nameOf(region, next.state), when: formats.relative(next.at) })}
                  </Text>
                </Group>
              ) : null}
            </div>
          )
        })}
      </Stack>
    </Panel>
  )
}

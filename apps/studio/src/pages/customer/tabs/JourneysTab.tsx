import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../../parts/Empty.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { EndRunButton } from '../actions/EndRunButton.tsx'
import { useEnrol } from '../actions/useEnrol.ts'
import { journeysQuery, type CustomerDetail, type JourneyStanding } from '../customerQueries.ts'
import { useMayAct } from '../useMayAct.ts'

/** Who is in comes first, who cannot come in last. */
const ORDER = ['in', 'waiting', 'could', 'cannot'] as const
const COLORS = { in: 'green', waiting: 'blue', could: 'gray', cannot: 'gray' } as const

function JourneyRow({ customer, standing }: { customer: CustomerDetail; standing: JourneyStanding }) {
  const { t } = useTranslation('customer')
  const may = useMayAct()
  const enrol = useEnrol(customer.id)
  const { journey, name, sentence, mail, runs } = standing
  const runIds = runs.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
  return (
    <Stack
      gap={4}
      py="sm"
      component="li"
      style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}
    >
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <Group gap={8} miw={0}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Badge size="sm" variant="light" color={COLORS[standing.standing]} tt="none" autoContrast>
            {t(`journeys.${standing.standing}`)}
          </Badge>
        </Group>
        {may.change ? (
          <Group gap={6} style={{ flexShrink: 0 }}>
            {runIds.map((runId) => (
              <EndRunButton key={runId} customerId={customer.id} runId={runId} name={name} />
            ))}
            {standing.standing === 'could' || standing.standing === 'waiting' ? (
              <Button
                size="compact-xs"
                variant="default"
                loading={enrol.isPending}
                aria-label={t('journeys.enrolIn', { name })}
                onClick={() => enrol.mutate({ journey, name })}
              >
                {t('journeys.enrol')}
              </Button>
            ) : null}
          </Group>
        ) : null}
      </Group>
      <Text size="sm">{sentence}</Text>
      {standing.standing === 'cannot' ? null : (
        <Text size="xs" c="dimmed">
          {mail.sentence}
        </Text>
      )}
    </Stack>
  )
}

/** How a customer stands to each journey, and why. */
export function JourneysTab({ customer }: { customer: CustomerDetail }) {
  const { t, i18n } = useTranslation('customer')
  const { data, error, refetch } = useQuery(journeysQuery(customer.id, i18n.language))
  if (error && !data) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Skeleton height={200} aria-busy="true" />
  if (data.length === 0)
    return (
      <Empty
        icon={<IconRoute size={22} stroke={1.6} aria-hidden />}
        title={t('journeys.empty')}
        text={t('journeys.emptyText')}
      />
    )
  const sorted = data.toSorted((one, other) => ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing))
  return (
    <Stack gap={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {sorted.map((standing) => (
        <JourneyRow key={standing.journey} customer={customer} standing={standing} />
      ))}
    </Stack>
  )
}

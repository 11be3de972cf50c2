import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { JourneyMenu } from './JourneyMenu.tsx'
import { JourneyStatus } from './JourneyStatus.tsx'
import type { JourneyListed } from './journeysQuery.ts'

const GAP = { whiteSpace: 'nowrap' } as const

/** One journey of the list. */
export function JourneyRow({ journey }: { journey: JourneyListed }) {
  const { t } = useTranslation('journeys')
  const { number, percent } = useFormats()
  const { id, name, status, draft, versions, version, runs } = journey
  const hasNews = draft !== null && status !== 'draft'
  return (
    <Table.Tr>
      <Table.Td maw={0} w="100%">
        <Anchor
          renderRoot={(props) => (
            <Link to="/journeys/$journeyId" params={{ journeyId: id }} search={{}} {...props} />
          )}
          fw={600}
          size="sm"
          truncate
          display="block"
          title={name}
        >
          {name}
        </Anchor>
        <Text size="xs" c="dimmed" truncate title={id}>
          {hasNews ? t('list.draftWaits') : id}
        </Text>
      </Table.Td>
      <Table.Td>
        <JourneyStatus status={status} />
      </Table.Td>
      <Table.Td ta="right" className="figure" style={GAP}>
        {number(runs.running)}
        {runs.held > 0 ? (
          <Text size="xs" c="dimmed">
            {t('list.held', { count: runs.held, number: number(runs.held) })}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td ta="right" className="figure" visibleFrom="sm" style={GAP}>
        {number(runs.ended)}
        {runs.heldOut > 0 ? (
          <Text size="xs" c="dimmed">
            {t('list.heldOut', { count: runs.heldOut, number: number(runs.heldOut) })}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td ta="right" className="figure" visibleFrom="sm" style={GAP}>
        {number(runs.goals)}
        {runs.goals > 0 && runs.ended > runs.heldOut ? (
          <Text size="xs" c="dimmed">
            {percent(Math.min(1, runs.goals / (runs.ended - runs.heldOut)))}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td ta="right" className="figure" visibleFrom="md" style={GAP}>
        {version === null ? '–' : t('list.version', { version })}
        {versions > 1 ? (
          <Text size="xs" c="dimmed">
            {t('list.versionsOf', { count: versions, number: number(versions) })}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td p={0}>
        <JourneyMenu journey={journey} />
      </Table.Td>
    </Table.Tr>
  )
}

import { Anchor, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { CampaignMenu } from './CampaignMenu.tsx'
import { definitionOf, figuresQuery, type CampaignStored } from './campaignQueries.ts'
import { CampaignStatusBadge } from './CampaignStatusBadge.tsx'
import { useCampaignWords } from './useCampaignWords.ts'

/** One campaign of the list. */
export function CampaignRow({ campaign }: { campaign: CampaignStored }) {
  const { t } = useTranslation('campaigns')
  const { relative, dateTime } = useFormats()
  const words = useCampaignWords()
  const { id, status, startAt, updatedAt } = campaign
  const definition = definitionOf(campaign)
  const audience = words.audience(definition)
  return (
    <Table.Tr>
      <Table.Td maw={0} w="34%">
        <Anchor
          renderRoot={(props) => <Link to="/campaigns/$campaignId" params={{ campaignId: id }} {...props} />}
          fw={600}
          size="sm"
          truncate
          display="block"
          title={definition.name}
        >
          {definition.name}
        </Anchor>
        <Text size="xs" c="dimmed" truncate>
          {t('list.changed', { when: relative(updatedAt) })}
        </Text>
      </Table.Td>
      <Table.Td>
        <CampaignStatusBadge status={status} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">
          {status === 'draft' || startAt === null ? words.schedule(definition) : dateTime(startAt)}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm" maw={280} lineClamp={2} title={audience} className="any-text">
          {audience}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" ta="right" style={{ whiteSpace: 'nowrap' }}>
        {status === 'draft' || status === 'scheduled' ? null : <Figures id={id} />}
      </Table.Td>
      <Table.Td p={0}>
        <CampaignMenu campaign={campaign} definition={definition} />
      </Table.Td>
    </Table.Tr>
  )
}

function Figures({ id }: { id: string }) {
  const { t } = useTranslation('campaigns')
  const { number } = useFormats()
  const { data } = useQuery(figuresQuery(id))
  if (!data) return null
  const clicked = data.variants.reduce((sum, variant) => sum + variant.clicked, 0)
  return (
    <>
      <Text size="sm" className="figure">
        {t('list.sent', { sent: number(data.sent), audience: number(data.audience) })}
      </Text>
      <Text size="xs" c="dimmed" className="figure">
        {t('list.clicked', { clicked: number(clicked) })}
      </Text>
    </>
  )
}

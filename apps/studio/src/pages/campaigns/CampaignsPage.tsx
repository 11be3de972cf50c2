import { Box, Button, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListFrame } from '../../parts/ListFrame.tsx'
import { MoreButton } from '../../parts/MoreButton.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { useMayChange } from '../segments/useMayChange.ts'
import { campaignsQuery, definitionOf } from './campaignQueries.ts'
import { CampaignRow } from './CampaignRow.tsx'
import { NewCampaignDialog } from './NewCampaignDialog.tsx'

/** All campaigns, newest first: how each stands, and what became of it. */
export function CampaignsPage() {
  const { t } = useTranslation('campaigns')
  const mayChange = useMayChange()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(campaignsQuery)
  const [word, setWord] = useState('')
  const [isMaking, making] = useDisclosure(false)
  const campaigns = data?.pages.flatMap((page) => page.campaigns) ?? []
  const wanted = word.trim().toLocaleLowerCase()
  const found = campaigns.filter(
    (campaign) =>
      definitionOf(campaign).name.toLocaleLowerCase().includes(wanted) || campaign.id.includes(wanted),
  )
  const begin = mayChange ? (
    <Button onClick={making.open} leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}>
      {t('new')}
    </Button>
  ) : null
  return (
    <ListFrame
      title={t('title')}
      text={t('text')}
      begin={begin}
      query={{ data, error, refetch }}
      isEmpty={campaigns.length === 0}
      empty={{
        icon: <IconSend size={22} stroke={1.6} aria-hidden />,
        title: t('empty.title'),
        text: mayChange ? t('empty.text') : t('readOnly'),
      }}
    >
      {campaigns.length > 0 ? (
        <>
          <Box mb="sm">
            <SearchField label={t('list.search')} value={word} onChange={setWord} />
          </Box>
          {found.length === 0 ? (
            <Text size="sm" c="dimmed" role="status">
              {t('empty.none')}
            </Text>
          ) : (
            <Panel>
              <Table verticalSpacing="sm" horizontalSpacing="xs">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('list.name')}</Table.Th>
                    <Table.Th scope="col">{t('list.status')}</Table.Th>
                    <Table.Th scope="col" visibleFrom="sm">
                      {t('list.when')}
                    </Table.Th>
                    <Table.Th scope="col" visibleFrom="md">
                      {t('list.audience')}
                    </Table.Th>
                    <Table.Th scope="col" visibleFrom="sm" ta="right">
                      {t('list.figures')}
                    </Table.Th>
                    <Table.Td />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {found.map((campaign) => (
                    <CampaignRow key={campaign.id} campaign={campaign} />
                  ))}
                </Table.Tbody>
              </Table>
            </Panel>
          )}
          <MoreButton label={t('list.more')} query={{ hasNextPage, isFetchingNextPage, fetchNextPage }} />
        </>
      ) : null}
      {isMaking ? (
        <NewCampaignDialog taken={new Set(campaigns.map(({ id }) => id))} onClose={making.close} />
      ) : null}
    </ListFrame>
  )
}

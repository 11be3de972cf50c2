import { Button, Skeleton, Table, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconSearch, IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Failure } from '../../shell/Failure.tsx'
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
    <>
      <PageTitle title={t('title')} text={t('text')} actions={campaigns.length > 0 ? begin : null} />
      {error && !data ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={240} aria-busy="true" /> : null}
      {data && campaigns.length === 0 ? (
        <Empty
          icon={<IconSend size={22} stroke={1.6} aria-hidden />}
          title={t('empty.title')}
          text={mayChange ? t('empty.text') : t('readOnly')}
          action={begin}
        />
      ) : null}
      {campaigns.length > 0 ? (
        <>
          <TextInput
            mb="sm"
            w={{ base: '100%', sm: 260 }}
            type="search"
            aria-label={t('list.search')}
            placeholder={t('list.search')}
            leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
            value={word}
            onChange={({ currentTarget }) => setWord(currentTarget.value)}
          />
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
          {hasNextPage ? (
            <Button
              mt="sm"
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('list.more')}
            </Button>
          ) : null}
        </>
      ) : null}
      {isMaking ? (
        <NewCampaignDialog taken={new Set(campaigns.map(({ id }) => id))} onClose={making.close} />
      ) : null}
    </>
  )
}

import { Group, Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { PageTitle } from '../../../parts/PageTitle.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { Loading } from '../../../shell/Loading.tsx'
import { CampaignMenu } from '../../campaigns/CampaignMenu.tsx'
import { definitionOf, figuresQuery, type CampaignStored } from '../../campaigns/campaignQueries.ts'
import { CampaignStatusBadge } from '../../campaigns/CampaignStatusBadge.tsx'
import { ReportView } from '../../reports/ReportView.tsx'
import { LifeActions } from './LifeActions.tsx'
import { ProgressPanel } from './ProgressPanel.tsx'
import { RecipientsPanel } from './RecipientsPanel.tsx'
import { ResultsPanel } from './ResultsPanel.tsx'
import { SetUpPanel } from './SetUpPanel.tsx'

/** A campaign that was started: where it is, what became of it, and of everybody in its audience. */
export function CampaignWatch({ campaign }: { campaign: CampaignStored }) {
  const { t } = useTranslation('campaigns')
  const { dateTime } = useFormats()
  const navigate = useNavigate()
  const { id, status, startAt, frozenAt, endedAt } = campaign
  const definition = definitionOf(campaign)
  const { name } = definition
  const { data, error, refetch } = useQuery(figuresQuery(id))
  const times = [
    ...(startAt !== null && frozenAt === null ? [t('watch.begins', { when: dateTime(startAt) })] : []),
    ...(frozenAt === null ? [] : [t('watch.frozen', { when: dateTime(frozenAt) })]),
    ...(endedAt === null ? [] : [t('watch.ended', { when: dateTime(endedAt) })]),
  ]
  return (
    <>
      <PageTitle
        title={name}
        text={
          <Group gap="sm">
            <CampaignStatusBadge status={status} />
            <Text size="sm" c="dimmed">
              {times.join(' · ')}
            </Text>
          </Group>
        }
        actions={
          <>
            <LifeActions id={id} name={name} status={status} />
            <CampaignMenu
              campaign={campaign}
              definition={definition}
              onDeleted={() => void navigate({ to: '/campaigns' })}
            />
          </>
        }
      />
      <Tabs defaultValue="figures" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="figures">{t('watch.figures')}</Tabs.Tab>
          <Tabs.Tab value="recipients">{t('recipients.title')}</Tabs.Tab>
          <Tabs.Tab value="report">{t('watch.report')}</Tabs.Tab>
          <Tabs.Tab value="setUp">{t('watch.setUp')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="figures">
          {data ? (
            <Stack gap="md">
              <ProgressPanel figures={data} isFrozen={frozenAt !== null} />
              <ResultsPanel figures={data} />
            </Stack>
          ) : error ? (
            <Failure error={error} reset={() => void refetch()} />
          ) : (
            <Loading />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="recipients">
          <RecipientsPanel id={id} figures={data} />
        </Tabs.Panel>
        <Tabs.Panel value="report">
          <ReportView kind="campaigns" id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="setUp">
          <SetUpPanel campaign={definition} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

import { Alert, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { journeyQuery } from '../../journeys/journeysQuery.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { PanelFrame } from './PanelFrame.tsx'
import { Section } from './Section.tsx'
import { VersionDifference } from './versions/VersionDifference.tsx'
import { VersionRow } from './versions/VersionRow.tsx'

/** The versions of a journey, and in what the journey as it is edited differs from one of them. */
export function VersionsPanel() {
  const { t } = useTranslation('journey')
  const { id } = useJourneyEditing()
  const { data, error } = useQuery(journeyQuery(id))
  const [chosen, choose] = useState<number>()
  const published = data?.versions.filter(({ status }) => status !== 'draft').toReversed() ?? []
  const compared =
    published.find(({ version }) => version === chosen) ??
    published.find(({ version }) => version === data?.current?.version) ??
    published[0]
  return (
    <PanelFrame title={t('panels.versions.title')} text={t('panels.versions.text')}>
      {error && !data ? <Alert color="red">{messageOf(error)}</Alert> : null}
      {!data && !error ? <Skeleton height={200} aria-busy="true" /> : null}
      {data ? (
        <Section title={t('panels.versions.all')}>
          <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {data.versions.toReversed().map((version) => (
              <VersionRow
                key={version.version}
                version={version}
                isChosen={version === compared}
                onChoose={() => choose(version.version)}
              />
            ))}
          </Stack>
        </Section>
      ) : null}
      {compared ? <VersionDifference key={compared.version} version={compared.version} /> : null}
    </PanelFrame>
  )
}

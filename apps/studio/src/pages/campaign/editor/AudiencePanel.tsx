import { MultiSelect, Select, SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../api/contract.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { RuleField } from '../../segments/editor/RuleField.tsx'
import { segmentsQuery } from '../../segments/segmentQueries.ts'
import { startCampaign } from '../../campaigns/startCampaign.ts'
import { useCampaignEditing } from './campaignEditing.ts'

/** More are not taken. */
const MOST_EXCLUDED = 20

/** Who gets it: a segment or a rule, and who is left out. */
export function AudiencePanel() {
  const { t } = useTranslation('campaigns')
  const { number } = useFormats()
  const { campaign, change, problemAt, isReadOnly } = useCampaignEditing()
  const { data } = useQuery(segmentsQuery)
  const segments = data?.segments ?? []
  const { audience, exclude } = campaign
  // The other way of telling it is there again when somebody goes back to it.
  const [other, setOther] = useState<Campaign['audience']>()
  const choices = segments.map(({ id, name }) => ({ value: id, label: name }))
  const known = (ids: readonly string[]) => [
    ...choices,
    ...ids.filter((id) => choices.every(({ value }) => value !== id)).map((id) => ({ value: id, label: id })),
  ]
  const members = 'segment' in audience && segments.find(({ id }) => id === audience.segment)?.customers
  const turn = (kind: 'segment' | 'rule') => {
    const [first] = segments
    const next: Campaign['audience'] | undefined =
      other !== undefined && kind in other
        ? other
        : kind === 'segment'
          ? first && { segment: first.id }
          : startCampaign({ name: '', template: '', segment: null }).audience
    if (!next) return
    setOther(audience)
    change({ audience: next })
  }
  return (
    <Panel title={t('audience.title')} text={t('audience.text')}>
      <SegmentedControl
        aria-label={t('audience.kind')}
        readOnly={isReadOnly}
        value={'segment' in audience ? 'segment' : 'rule'}
        onChange={(kind) => turn(kind === 'segment' ? 'segment' : 'rule')}
        data={[
          {
            value: 'segment',
            label: t('audience.segment'),
            disabled: segments.length === 0 && !('segment' in audience),
          },
          { value: 'rule', label: t('audience.rule') },
        ]}
      />
      {data && segments.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('audience.noSegments')}
        </Text>
      ) : null}
      {'segment' in audience ? (
        <Select
          label={t('audience.choose')}
          data={known([audience.segment])}
          value={audience.segment}
          searchable
          allowDeselect={false}
          readOnly={isReadOnly}
          onChange={(segment) => segment !== null && change({ audience: { segment } })}
          description={
            typeof members === 'number'
              ? t('audience.members', { count: members, formatted: number(members) })
              : undefined
          }
          error={problemAt('audience')}
        />
      ) : (
        <RuleField
          label={t('audience.rule')}
          value={audience.rule}
          onChange={(rule) => change({ audience: { rule } })}
          error={problemAt('audience')}
          isReadOnly={isReadOnly}
          words={{
            open: t('audience.ruleOpen'),
            done: t('audience.ruleDone'),
            incomplete: t('audience.ruleIncomplete'),
          }}
        />
      )}
      <MultiSelect
        label={t('audience.exclude')}
        description={t('audience.excludeText')}
        data={known(exclude)}
        value={exclude}
        maxValues={MOST_EXCLUDED}
        searchable
        clearable={false}
        readOnly={isReadOnly}
        onChange={(ids) => change({ exclude: ids })}
        error={problemAt('exclude')}
      />
    </Panel>
  )
}

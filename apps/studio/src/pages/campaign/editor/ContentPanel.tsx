import { Anchor, Group, Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { sendersQuery } from '../../settings/senders/sendersQuery.ts'
import { settingsQuery } from '../../settings/settingsQuery.ts'
import { useCampaignEditing } from './campaignEditing.ts'
import { StringsFields } from './StringsFields.tsx'
import { useTemplateChoices } from './useTemplateChoices.ts'

/** What every mail shows before it is opened. */
const FIRST = ['subject', 'preheader']

/** What was chosen before is shown, also where it is not offered any more. */
const withKnown = (choices: readonly { value: string; label: string }[], chosen: string | null) =>
  chosen === null || choices.some(({ value }) => value === chosen)
    ? choices
    : [...choices, { value: chosen, label: chosen }]

/** What it says: its template, what of it is worded otherwise, its topic and who sends it. */
export function ContentPanel() {
  const { t, i18n } = useTranslation('campaigns')
  const { campaign, change, problemAt, isReadOnly } = useCampaignEditing()
  const { template = '', variants, strings, topic, sender } = campaign
  const { data: settings } = useQuery(settingsQuery)
  const { data: listed } = useQuery(sendersQuery)
  const templates = useTemplateChoices([template])
  const topics = (settings?.topics ?? []).map(({ id, name }) => ({
    value: id,
    label: name[i18n.language] ?? name['en'] ?? id,
  }))
  const senders = (listed?.senders ?? [])
    .filter(({ purpose }) => purpose === 'marketing')
    .map(({ id, from }) => ({ value: id, label: `${from.name} <${from.address}>` }))
  const hasOwn = variants.length > 0 && variants.every((variant) => variant.template !== undefined)
  return (
    <Panel title={t('content.title')}>
      <Group align="flex-end" gap="sm">
        <Select
          flex={1}
          miw={220}
          label={t('content.template')}
          data={[...(hasOwn ? [{ value: '', label: t('content.perVariant') }] : []), ...templates]}
          value={template}
          searchable
          allowDeselect={false}
          readOnly={isReadOnly}
          onChange={(name) => name !== null && name !== '' && change({ template: name })}
          error={problemAt('template')}
        />
        {template === '' ? null : (
          <Anchor
            size="sm"
            pb={8}
            renderRoot={(props) => (
              <Link to="/templates/$templateName" params={{ templateName: template }} {...props} />
            )}
          >
            {t('content.openTemplate')}
          </Anchor>
        )}
      </Group>
      {template === '' ? null : (
        <>
          <div>
            <Text size="sm" fw={600}>
              {t('content.strings')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('content.stringsText')}
            </Text>
          </div>
          <StringsFields
            template={template}
            first={FIRST}
            strings={strings}
            isReadOnly={isReadOnly}
            onChange={(changed, field) => change({ strings: changed }, field)}
          />
        </>
      )}
      <Select
        label={t('content.topic')}
        description={t('content.topicText')}
        data={[{ value: '', label: t('content.noTopic') }, ...withKnown(topics, topic)]}
        value={topic ?? ''}
        allowDeselect={false}
        readOnly={isReadOnly}
        onChange={(value) => change({ topic: value || null })}
        error={problemAt('topic')}
      />
      <Select
        label={t('content.sender')}
        data={[{ value: '', label: t('content.mainSender') }, ...withKnown(senders, sender)]}
        value={sender ?? ''}
        allowDeselect={false}
        readOnly={isReadOnly}
        onChange={(value) => change({ sender: value || null })}
        error={problemAt('sender')}
      />
    </Panel>
  )
}

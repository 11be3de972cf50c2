import { Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../../../parts/PageLink.tsx'
import { useJourneyEditing } from '../journeyEditing.ts'
import type { Path } from '../model/valueAtPath.ts'
import { DurationAt, SelectAt } from './fields.tsx'
import { NewTemplateButton } from './NewTemplateButton.tsx'
import { useSenderChoices, useTemplateChoices, useTopicChoices } from './useChoices.ts'
import { useField } from './useField.ts'

/** A mail: what it says, what it is for, and what becomes of it where it cannot be sent at once. */
export function SendFields({ path }: { path: Path }) {
  const { t } = useTranslation('journey')
  const { definition, isReadOnly } = useJourneyEditing()
  const templates = useTemplateChoices()
  const topics = useTopicChoices()
  const senders = useSenderChoices()
  const { value: template = '' } = useField<string>([...path, 'template'])
  const { value: topic } = useField<string>([...path, 'topic'])
  const { value: to } = useField<string>([...path, 'to'])
  const { value: purpose } = useField<string>([...path, 'purpose'])
  const { trigger } = definition
  const isConfirmation =
    trigger.kind === 'transition' && trigger.region === 'permission' && trigger.to === 'pending'
  return (
    <>
      <SelectAt
        path={[...path, 'template']}
        label={t('form.template')}
        about={t('form.templateAbout')}
        choices={templates}
        isSearchable
      />
      <Group gap="md">
        <PageLink to="/templates/$templateName" params={{ templateName: template }} size="sm">
          {t('form.templateEdit')}
        </PageLink>
        {isReadOnly ? null : <NewTemplateButton path={[...path, 'template']} />}
      </Group>
      <SelectAt
        path={[...path, 'purpose']}
        label={t('form.purpose')}
        about={t('form.purposeAbout')}
        choices={(['marketing', 'transactional'] as const).map((value) => ({
          value,
          label: t(`purposes.${value}`),
        }))}
      />
      {purpose === 'marketing' ? (
        <SelectAt
          path={[...path, 'onCap']}
          label={t('form.onCap')}
          about={t('form.onCapAbout')}
          choices={[
            { value: 'postpone', label: t('form.postpone') },
            { value: 'skip', label: t('form.skip') },
          ]}
        />
      ) : null}
      {topics.length > 0 || topic !== undefined ? (
        <SelectAt
          path={[...path, 'topic']}
          label={t('form.topic')}
          about={t('form.topicAbout')}
          choices={topics}
          none={t('form.none')}
        />
      ) : null}
      <SelectAt
        path={[...path, 'sender']}
        label={t('form.sender')}
        about={t('form.senderAbout')}
        choices={senders}
        none={t('form.asSettings')}
      />
      <DurationAt
        path={[...path, 'expiresAfter']}
        label={t('form.expiresAfter')}
        about={t('form.expiresAfterAbout')}
        none={t('form.asSettings')}
      />
      {isConfirmation || to === 'claim' ? (
        <SelectAt
          path={[...path, 'to']}
          label={t('form.to')}
          about={t('form.toAbout')}
          choices={[
            { value: 'customer', label: t('form.toCustomer') },
            { value: 'claim', label: t('form.toClaim') },
          ]}
        />
      ) : null}
    </>
  )
}

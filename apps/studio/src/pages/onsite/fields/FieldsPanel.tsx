import { Button, Menu, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'
import { FieldCard } from './FieldCard.tsx'
import { newField, PRESETS, type Preset } from './newField.ts'

/** What a form asks for, or the one question of a survey. */
export function FieldsPanel() {
  const { t } = useTranslation('onsite')
  const { message, change, problemAt, isReadOnly } = useOnsiteEditing()
  const { kind, fields, scale } = message
  const locales = Object.keys(message.texts)
  const isSurvey = kind === 'survey'
  const problem = problemAt('fields')
  const add = (preset: Preset) => change({ fields: [...fields, newField(preset, locales, fields)] })
  const presets = PRESETS.filter(
    (preset) => preset !== 'email' || !fields.some(({ type }) => type === 'email'),
  )
  const answerBy = (value: string) =>
    change(
      value === 'scale'
        ? { scale: { from: 0, to: 10 }, fields: [] }
        : { scale: null, fields: fields.length > 0 ? fields : [newField('choice', locales, [])] },
    )
  return (
    <Panel title={t('parts.fields')} text={isSurvey ? undefined : t('fields.text')}>
      {isSurvey ? (
        <Stack gap={4}>
          <SegmentedControl
            aria-label={t('fields.answer')}
            value={scale ? 'scale' : 'choice'}
            readOnly={isReadOnly}
            onChange={answerBy}
            data={[
              { value: 'scale', label: t('fields.scale') },
              { value: 'choice', label: t('fields.choice') },
            ]}
          />
          {scale ? (
            <Text size="xs" c="dimmed">
              {t('fields.scaleText')}
            </Text>
          ) : null}
        </Stack>
      ) : null}
      {fields.map((field, place) => (
        <FieldCard key={place} field={field} place={place} />
      ))}
      {problem === undefined ? null : (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
      {isSurvey || isReadOnly || fields.length >= 12 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              variant="default"
              size="xs"
              w="fit-content"
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
            >
              {t('fields.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {presets.map((preset) => (
              <Menu.Item key={preset} onClick={() => add(preset)}>
                {t(`fields.presets.${preset}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Panel>
  )
}

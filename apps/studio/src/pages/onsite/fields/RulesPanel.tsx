import { Checkbox, Group, MultiSelect, NativeSelect, NumberInput, Switch, TagsInput } from '@mantine/core'
import { STATES, type OnsiteMessage } from '@ciclo/engine'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { settingsQuery } from '../../settings/settingsQuery.ts'
import { Fields } from '../../settings/form/Fields.tsx'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'

const DEVICES = ['phone', 'tablet', 'desktop'] as const

/** What a field of numbers says; where it is empty, what holds without it. */
const number = (value: string | number, otherwise: number) => (value === '' ? otherwise : Number(value))

/** On which pages, to whom, and after what. */
export function RulesPanel() {
  const { t } = useTranslation('onsite')
  const { t: state } = useTranslation('states')
  const { message, change, problemAt, problemBelow, isReadOnly } = useOnsiteEditing()
  const { rules, kind } = message
  const set = (changes: Partial<OnsiteMessage['rules']>, field?: string) =>
    change({ rules: { ...rules, ...changes } }, field)
  return (
    <Panel title={t('parts.who')}>
      <Fields cols={{ base: 1, sm: 2 }}>
        <TagsInput
          label={t('who.pages')}
          description={t('who.pagesText')}
          placeholder={rules.pages.length === 0 ? '/products/*' : ''}
          value={rules.pages}
          onChange={(pages) => set({ pages })}
          splitChars={[',', ' ']}
          acceptValueOnBlur
          clearable={false}
          readOnly={isReadOnly}
          error={problemBelow('rules.pages')}
        />
        <TagsInput
          label={t('who.notPages')}
          description={t('who.notPagesText')}
          placeholder={rules.notPages.length === 0 ? '/checkout*' : ''}
          value={rules.notPages}
          onChange={(notPages) => set({ notPages })}
          splitChars={[',', ' ']}
          acceptValueOnBlur
          clearable={false}
          readOnly={isReadOnly}
          error={problemBelow('rules.notPages')}
        />
      </Fields>
      <Checkbox.Group
        label={t('who.devices')}
        description={t('who.devicesText')}
        value={rules.devices}
        onChange={(chosen) => set({ devices: DEVICES.filter((device) => chosen.includes(device)) })}
        readOnly={isReadOnly}
      >
        <Group gap="lg" mt="xs">
          {DEVICES.map((device) => (
            <Checkbox key={device} value={device} label={t(`who.device.${device}`)} disabled={isReadOnly} />
          ))}
        </Group>
      </Checkbox.Group>
      <Fields cols={{ base: 2, sm: 4 }}>
        <NumberInput
          label={t('who.scroll')}
          suffix=" %"
          min={0}
          max={100}
          allowDecimal={false}
          readOnly={isReadOnly}
          value={rules.scroll}
          onChange={(value) => set({ scroll: number(value, 0) }, 'rules.scroll')}
          error={problemAt('rules.scroll')}
        />
        <NumberInput
          label={t('who.seconds')}
          suffix={t('who.secondsUnit')}
          min={0}
          max={600}
          allowDecimal={false}
          readOnly={isReadOnly}
          value={rules.seconds}
          onChange={(value) => set({ seconds: number(value, 0) }, 'rules.seconds')}
          error={problemAt('rules.seconds')}
        />
        <NumberInput
          label={t('who.visitsFrom')}
          min={1}
          allowDecimal={false}
          readOnly={isReadOnly}
          value={rules.visits.from}
          onChange={(value) =>
            set({ visits: { ...rules.visits, from: number(value, 1) } }, 'rules.visits.from')
          }
          error={problemAt('rules.visits.from')}
        />
        <NumberInput
          label={t('who.visitsTo')}
          placeholder="∞"
          min={1}
          allowDecimal={false}
          readOnly={isReadOnly}
          value={rules.visits.to ?? ''}
          onChange={(value) =>
            set({ visits: { ...rules.visits, to: value === '' ? null : Number(value) } }, 'rules.visits.to')
          }
          error={problemAt('rules.visits.to')}
        />
      </Fields>
      <Switch
        label={t('who.leaving')}
        description={t('who.leavingText')}
        checked={rules.leaving}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => set({ leaving: currentTarget.checked })}
      />
      <MultiSelect
        label={t('who.stages')}
        description={t('who.stagesText')}
        data={STATES.stage.map((value) => ({ value, label: state(`stage.${value}`) }))}
        value={message.stages}
        onChange={(chosen) => change({ stages: STATES.stage.filter((stage) => chosen.includes(stage)) })}
        placeholder={message.stages.length === 0 ? t('list.everyone') : ''}
        clearable={false}
        readOnly={isReadOnly}
        error={problemBelow('stages')}
      />
      {kind === 'signUp' || kind === 'contest' ? <TopicField /> : null}
      <NumberInput
        label={t('who.priority')}
        description={t('who.priorityText')}
        min={0}
        max={1000}
        allowDecimal={false}
        w={{ base: '100%', sm: 240 }}
        readOnly={isReadOnly}
        value={message.priority}
        onChange={(value) => change({ priority: number(value, 0) }, 'priority')}
        error={problemAt('priority')}
      />
    </Panel>
  )
}

/** What those who answer the form are signed up to. */
function TopicField() {
  const { t, i18n } = useTranslation('onsite')
  const { message, change, problemAt, isReadOnly } = useOnsiteEditing()
  const topics = useQuery(settingsQuery).data?.topics ?? []
  const nameOf = ({ id, name }: (typeof topics)[number]) => name[i18n.language] ?? name['en'] ?? id
  const known = topics.some(({ id }) => id === message.topic)
  return (
    <NativeSelect
      label={t('who.topic')}
      w={{ base: '100%', sm: 240 }}
      disabled={isReadOnly}
      value={message.topic ?? ''}
      onChange={({ currentTarget }) => change({ topic: currentTarget.value || null })}
      data={[
        { value: '', label: t('who.everything') },
        ...topics.map((topic) => ({ value: topic.id, label: nameOf(topic) })),
        ...(message.topic === null || known ? [] : [message.topic]),
      ]}
      error={problemAt('topic')}
    />
  )
}

import { Group, NativeSelect } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import { UsesPanel } from './UsesPanel.tsx'
import type { ChangeTemplate } from '../useTemplateEditing.ts'

const PURPOSES = ['marketing', 'transactional'] as const
const AFTER_CRASH = ['resend', 'hold'] as const

/** For what a mail is sent, and what becomes of it where it is not known whether it went out. */
export const MailSettings = memo(
  function MailSettings({
    name,
    value,
    change,
    isReadOnly,
  }: {
    name: string
    value: TemplateValue
    change: ChangeTemplate
    isReadOnly: boolean
  }) {
    const { t } = useTranslation('template')
    return (
      <Panel title={t('settings.title')}>
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <NativeSelect
            label={t('settings.purpose')}
            description={t('settings.purposeText')}
            disabled={isReadOnly}
            value={value.purpose ?? ''}
            data={[
              { value: '', label: t('settings.purposes.journey') },
              ...PURPOSES.map((one) => ({ value: one, label: t(`settings.purposes.${one}`) })),
            ]}
            onChange={({ currentTarget }) => {
              const purpose = PURPOSES.find((one) => one === currentTarget.value)
              change(({ purpose: _before, ...rest }) => ({ ...rest, ...(purpose ? { purpose } : {}) }))
            }}
          />
          <NativeSelect
            label={t('settings.afterCrash')}
            description={t('settings.afterCrashText')}
            disabled={isReadOnly}
            value={value.afterCrash ?? 'resend'}
            data={AFTER_CRASH.map((one) => ({ value: one, label: t(`settings.crash.${one}`) }))}
            onChange={({ currentTarget }) => {
              const afterCrash = currentTarget.value === 'hold' ? ({ afterCrash: 'hold' } as const) : {}
              change(({ afterCrash: _before, ...rest }) => ({ ...rest, ...afterCrash }))
            }}
          />
        </Group>
        <UsesPanel name={name} />
      </Panel>
    )
  },
  (before, after) =>
    before.value.purpose === after.value.purpose &&
    before.value.afterCrash === after.value.afterCrash &&
    before.change === after.change &&
    before.isReadOnly === after.isReadOnly,
)

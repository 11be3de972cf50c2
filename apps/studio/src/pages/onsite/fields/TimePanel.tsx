import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { instantOf, shownAt } from '../../../formats/zoneTime.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { useSession } from '../../../session/useSession.ts'
import { Fields } from '../../settings/form/Fields.tsx'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'

/** From when, and until when, by the shop's clocks. */
export function TimePanel() {
  const { t } = useTranslation('onsite')
  const { timeZone } = useSession().workspace
  const { message, change, problemAt, isReadOnly } = useOnsiteEditing()
  const fields = [
    { name: 'from', label: t('when.from'), text: t('when.fromText') },
    { name: 'endsAt', label: t('when.ends'), text: t('when.endsText') },
  ] as const
  return (
    <Panel title={t('parts.when')} text={t('when.zone', { zone: timeZone })}>
      <Fields cols={{ base: 1, sm: 2 }}>
        {fields.map(({ name, label, text }) => {
          const value = message[name]
          return (
            <TextInput
              key={name}
              type="datetime-local"
              label={label}
              description={text}
              readOnly={isReadOnly}
              value={value === null ? '' : shownAt(Date.parse(value), timeZone)}
              onChange={({ currentTarget }) =>
                change(
                  { [name]: currentTarget.value === '' ? null : instantOf(currentTarget.value, timeZone) },
                  name,
                )
              }
              error={problemAt(name)}
            />
          )
        })}
      </Fields>
    </Panel>
  )
}

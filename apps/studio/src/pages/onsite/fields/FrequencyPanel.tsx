import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { Fields } from '../../settings/form/Fields.tsx'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'

/** How often one browser sees it. */
export function FrequencyPanel() {
  const { t } = useTranslation('onsite')
  const { message, change, problemAt, isReadOnly } = useOnsiteEditing()
  const { frequency } = message
  return (
    <Panel title={t('parts.frequency')}>
      <Fields cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={t('frequency.days')}
          min={0}
          max={365}
          allowDecimal={false}
          readOnly={isReadOnly}
          value={frequency.days}
          onChange={(value) =>
            change({ frequency: { ...frequency, days: value === '' ? 0 : Number(value) } }, 'frequency.days')
          }
          error={problemAt('frequency.days')}
        />
        <NumberInput
          label={t('frequency.most')}
          description={t('frequency.mostText')}
          placeholder="∞"
          min={1}
          max={100}
          allowDecimal={false}
          readOnly={isReadOnly}
          value={frequency.most ?? ''}
          onChange={(value) =>
            change(
              { frequency: { ...frequency, most: value === '' ? null : Number(value) } },
              'frequency.most',
            )
          }
          error={problemAt('frequency.most')}
        />
      </Fields>
    </Panel>
  )
}

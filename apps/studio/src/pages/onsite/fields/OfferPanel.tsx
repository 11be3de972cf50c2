import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/Panel.tsx'
import { Fields } from '../../settings/form/Fields.tsx'
import { useOnsiteEditing } from '../editor/onsiteEditing.ts'

/** What the button of a pop-up or a bar does, and what it gives. */
export function OfferPanel() {
  const { t } = useTranslation('onsite')
  const { message, change, problemAt, isReadOnly } = useOnsiteEditing()
  return (
    <Panel title={t('parts.offer')}>
      <Fields cols={{ base: 1, sm: 2 }}>
        <TextInput
          type="url"
          label={t('offer.link')}
          description={t('offer.linkText')}
          placeholder="https://shop.example/sale"
          readOnly={isReadOnly}
          value={message.link ?? ''}
          onChange={({ currentTarget }) => change({ link: currentTarget.value.trim() || null }, 'link')}
          error={problemAt('link')}
        />
        <TextInput
          label={t('offer.code')}
          description={t('offer.codeText')}
          maxLength={60}
          readOnly={isReadOnly}
          value={message.code ?? ''}
          onChange={({ currentTarget }) => change({ code: currentTarget.value.trimStart() || null }, 'code')}
          error={problemAt('code')}
        />
      </Fields>
    </Panel>
  )
}

import { Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What a segment is called by people, and by the API. */
export function NameFields({
  name,
  onName,
  id,
  onId,
  error,
}: {
  name: string
  onName: (name: string) => void
  id: string
  /** Undefined where the id stays as it is. */
  onId: ((id: string) => void) | undefined
  error: string | undefined
}) {
  const { t } = useTranslation('segments')
  return (
    <Group align="flex-start" mb="md" gap="md">
      <TextInput
        label={t('save.name')}
        placeholder={t('save.placeholder')}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
        maxLength={200}
        required
        w={{ base: '100%', sm: 340 }}
        error={error}
      />
      <TextInput
        label={t('save.id')}
        description={t('save.idText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={id}
        readOnly={onId === undefined}
        variant={onId === undefined ? 'unstyled' : 'default'}
        onChange={(event) => onId?.(event.currentTarget.value)}
        maxLength={64}
        w={{ base: '100%', sm: 340 }}
      />
    </Group>
  )
}

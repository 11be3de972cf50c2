import { ActionIcon, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SettingsForm } from '../form/useSettingsForm.ts'

const NETWORKS = ['instagram', 'facebook', 'tiktok', 'youtube', 'x', 'pinterest', 'linkedin'] as const
const NAMES: Record<(typeof NETWORKS)[number], string> = {
  instagram: 'Instagram',
  facebook: 'Facebook',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  x: 'X',
  pinterest: 'Pinterest',
  linkedin: 'LinkedIn',
}

/** Pages of the shop elsewhere, as they stand in the footer of mails. */
export function SocialLinks({ form }: { form: SettingsForm }) {
  const { t } = useTranslation('settings')
  const links = form.get('brand.social')
  const change = (place: number, link: Partial<(typeof links)[number]>) =>
    form.set(
      'brand.social',
      links.map((one, at) => (at === place ? { ...one, ...link } : one)),
    )
  const error = form.errorAt('brand.social')
  const next = NETWORKS.find((network) => !links.some((link) => link.network === network)) ?? 'instagram'
  return (
    <>
      {links.map((link, place) => (
        <Group key={place} gap="xs" wrap="nowrap" align="flex-start">
          <NativeSelect
            w={130}
            aria-label={t('brand.network')}
            value={link.network}
            onChange={({ currentTarget }) =>
              change(place, {
                network: NETWORKS.find((network) => network === currentTarget.value) ?? link.network,
              })
            }
            data={NETWORKS.map((value) => ({ value, label: NAMES[value] }))}
          />
          <TextInput
            flex={1}
            type="url"
            aria-label={t('brand.socialAddress', { network: NAMES[link.network] })}
            placeholder="https://"
            value={link.url}
            onChange={({ currentTarget }) => change(place, { url: currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('brand.removeSocial', { network: NAMES[link.network] })}
            onClick={() =>
              form.set(
                'brand.social',
                links.filter((_, at) => at !== place),
              )
            }
          >
            <IconTrash size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {error === undefined ? null : (
        <Text size="xs" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      {links.length < NETWORKS.length ? (
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => form.set('brand.social', [...links, { network: next, url: '' }])}
        >
          {t('brand.addSocial')}
        </Button>
      ) : null}
    </>
  )
}

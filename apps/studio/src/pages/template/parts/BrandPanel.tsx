import { ColorSwatch, Group, Image, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { PageLink } from '../../../parts/PageLink.tsx'
import { Panel } from '../../../parts/Panel.tsx'
import { settingsQuery } from '../../settings/settingsQuery.ts'

const COLOURS = ['accent', 'onAccent', 'background', 'darkAccent', 'onDarkAccent'] as const

/** The shop's logo, colours and fonts, as they stand in each of its mails. */
export const BrandPanel = memo(function BrandPanel() {
  const { t } = useTranslation('template')
  const { data } = useQuery(settingsQuery)
  if (!data) return null
  const { logoUrl, colours, fonts } = data.brand
  return (
    <Panel
      title={t('brand.title')}
      actions={
        <PageLink to="/settings/{-$part}" params={{ part: 'brand' }} size="sm">
          {t('brand.change')}
        </PageLink>
      }
    >
      <Group gap="md">
        {logoUrl === null ? null : (
          <Image src={logoUrl} alt={t('brand.logo')} h={28} w="auto" maw={140} fit="contain" />
        )}
        <Group gap={6}>
          {COLOURS.map((name) => (
            <ColorSwatch
              key={name}
              color={colours[name]}
              size={20}
              role="img"
              aria-label={`${t(`brand.colours.${name}`)}: ${colours[name]}`}
              title={`${t(`brand.colours.${name}`)}: ${colours[name]}`}
            />
          ))}
        </Group>
        <Text size="sm" c="dimmed">
          {t('brand.fonts', {
            heading: t(`brand.font.${fonts.heading}`),
            body: t(`brand.font.${fonts.body}`),
          })}
        </Text>
      </Group>
    </Panel>
  )
})

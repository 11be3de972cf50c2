import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The page for a path that leads nowhere. */
export function Unfound() {
  const { t } = useTranslation('shell')
  return (
    <Stack p="md">
      <Title order={1}>{t('unfound.title')}</Title>
      <Text>{t('unfound.text')}</Text>
      <Anchor component={Link} to="/">
        {t('unfound.home')}
      </Anchor>
    </Stack>
  )
}

import { Box, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconLanguage } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../shell/Mark.tsx'
import { chooseLocale } from '../../words/chooseLocale.ts'
import { STUDIO_LOCALES } from '../../words/studioLocale.ts'
import classes from './DoorCard.module.css'

/** A page before the studio: one thing to do, in the middle, in a language that can be chosen. */
export function DoorCard({
  title,
  text,
  children,
}: {
  title: string
  text?: ReactNode
  children?: ReactNode
}) {
  const { t, i18n } = useTranslation('shell')
  useDocumentTitle(`${title} · Ciclo`)
  return (
    <Box component="main" className={classes.door}>
      <Stack gap="lg" w="100%" maw={400}>
        <Group justify="space-between">
          <Mark />
          <NativeSelect
            size="xs"
            w={130}
            leftSection={<IconLanguage size={15} stroke={1.6} aria-hidden />}
            aria-label={t('language')}
            value={i18n.language}
            onChange={({ currentTarget }) => void chooseLocale(currentTarget.value)}
            data={Object.entries(STUDIO_LOCALES).map(([value, label]) => ({ value, label }))}
          />
        </Group>
        <Paper withBorder p={{ base: 'md', sm: 'xl' }} radius="lg">
          <Stack gap="md">
            <Stack gap={4}>
              <Title order={1}>{title}</Title>
              {text ? (
                <Text size="sm" c="dimmed" className={classes.text}>
                  {text}
                </Text>
              ) : null}
            </Stack>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Box>
  )
}

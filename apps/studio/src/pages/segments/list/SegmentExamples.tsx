import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EXAMPLE_NAMES } from '../rule/examples.ts'

/** Segments that one press begins with. */
export function SegmentExamples() {
  const { t } = useTranslation('segments')
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {EXAMPLE_NAMES.map((name) => (
        <Paper key={name} withBorder p="md">
          <Stack gap="xs" h="100%" justify="space-between">
            <div>
              <Title order={3}>{t(`examples.${name}.name`)}</Title>
              <Text size="sm" c="dimmed">
                {t(`examples.${name}.text`)}
              </Text>
            </div>
            <Button
              renderRoot={(props) => (
                <Link
                  to="/segments/$segmentId"
                  params={{ segmentId: 'new' }}
                  search={{ example: name }}
                  {...props}
                />
              )}
              size="xs"
              variant="light"
              style={{ alignSelf: 'flex-start' }}
              aria-label={`${t('examples.begin')}: ${t(`examples.${name}.name`)}`}
            >
              {t('examples.begin')}
            </Button>
          </Stack>
        </Paper>
      ))}
    </SimpleGrid>
  )
}

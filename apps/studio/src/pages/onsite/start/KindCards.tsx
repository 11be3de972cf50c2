import { Group, Paper, SimpleGrid, Text, ThemeIcon, UnstyledButton } from '@mantine/core'
import {
  IconConfetti,
  IconLayoutNavbar,
  IconMailPlus,
  IconMessage2Question,
  IconSpeakerphone,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { KINDS, type OnsiteKind } from './startMessage.ts'

export const KIND_ICONS = {
  signUp: IconMailPlus,
  contest: IconConfetti,
  popUp: IconSpeakerphone,
  bar: IconLayoutNavbar,
  survey: IconMessage2Question,
} as const satisfies Record<OnsiteKind, unknown>

/** The five kinds to begin with. */
export function KindCards({ onBegin }: { onBegin: (kind: OnsiteKind) => void }) {
  const { t } = useTranslation('onsite')
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
      {KINDS.map((kind) => {
        const Icon = KIND_ICONS[kind]
        return (
          <Paper key={kind} withBorder p={0}>
            <UnstyledButton
              p="md"
              w="100%"
              h="100%"
              display="flex"
              style={{ alignItems: 'flex-start' }}
              onClick={() => onBegin(kind)}
            >
              <Group gap="sm" wrap="nowrap" align="flex-start">
                <ThemeIcon variant="light" size={38} radius="md">
                  <Icon size={20} stroke={1.6} aria-hidden />
                </ThemeIcon>
                <div>
                  <Text fw={600}>{t(`kinds.${kind}.name`)}</Text>
                  <Text size="sm" c="dimmed">
                    {t(`kinds.${kind}.text`)}
                  </Text>
                </div>
              </Group>
            </UnstyledButton>
          </Paper>
        )
      })}
    </SimpleGrid>
  )
}

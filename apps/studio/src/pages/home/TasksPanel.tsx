import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconCoffee } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoney } from './useMoney.ts'
import type { HomeTask } from './homeQuery.ts'
import { SwitchOn } from './SwitchOn.tsx'

/** More names than this are a list. */
const MOST_NAMES = 3

function TaskCard({ task }: { task: HomeTask }) {
  const { t } = useTranslation('home')
  const money = useMoney()
  const { title, text, action, people, names, money: stake, to, journey } = task
  const isNamed = names.length > 0 && names.length <= MOST_NAMES && names.length === people
  const facts = [
    people === null ? null : isNamed ? names.join(', ') : t('tasks.people', { count: people }),
    money(stake) === null ? null : t('tasks.stake', { money: money(stake) ?? '' }),
  ].filter((fact) => fact !== null)
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs" h="100%">
        <Title order={3}>{title}</Title>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        {facts.length > 0 ? (
          <Text size="sm" fw={600} className="figure">
            {facts.join(' · ')}
          </Text>
        ) : null}
        <Group mt="auto" pt="xs">
          {journey ? (
            <SwitchOn offer={journey}>{action}</SwitchOn>
          ) : (
            <Button component={Link} to={to ?? '/'} size="xs" variant="light">
              {action}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}

/** At most three things to do, the most pressing first. */
export function TasksPanel({ tasks }: { tasks: readonly HomeTask[] }) {
  const { t } = useTranslation('home')
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="xs">
        {t('tasks.title')}
      </Title>
      {tasks.length === 0 ? (
        <Group gap="xs" c="dimmed">
          <IconCoffee size={18} stroke={1.6} aria-hidden />
          <Text size="sm">{t('tasks.none')}</Text>
        </Group>
      ) : (
        <SimpleGrid
          component="ul"
          cols={{ base: 1, md: tasks.length }}
          spacing="md"
          p={0}
          m={0}
          style={{ listStyle: 'none' }}
        >
          {tasks.map((task) => (
            <TaskCard key={`${task.kind} ${task.title}`} task={task} />
          ))}
        </SimpleGrid>
      )}
    </section>
  )
}

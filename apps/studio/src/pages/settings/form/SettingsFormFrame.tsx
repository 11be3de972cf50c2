import { Alert, Button, Fieldset, Group, Modal, Paper, Stack, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ReadOnlyNote } from '../ReadOnlyNote.tsx'
import classes from './SettingsFormFrame.module.css'
import type { SettingsForm } from './useSettingsForm.ts'

/** The fields of a part, what becomes of changes, and a question before they are lost. */
export function SettingsFormFrame({ form, children }: { form: SettingsForm; children: ReactNode }) {
  const { t } = useTranslation('settings')
  const { isDirty, isSaving, mayChange, problem, save, savedAt, discard } = form
  useHotkeys([['mod+S', save]], [])
  const blocker = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {mayChange ? null : <ReadOnlyNote />}
      <Fieldset disabled={!mayChange} variant="unstyled" mx={0}>
        <Stack gap="md">{children}</Stack>
      </Fieldset>
      {mayChange ? (
        <Paper
          className={classes.bar}
          withBorder
          p="sm"
          mt="md"
          {...(isDirty ? { 'data-changed': true } : {})}
        >
          {problem ? (
            <Alert color="red" variant="light" role="alert" mb="sm" p="xs">
              {problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`}
            </Alert>
          ) : null}
          <Group justify="space-between" gap="sm">
            <Text size="sm" c="dimmed" role="status">
              {isDirty ? (
                t('form.changed')
              ) : savedAt === null ? (
                t('form.unchanged')
              ) : (
                <Group component="span" gap={4}>
                  <IconCheck size={16} stroke={1.6} aria-hidden />
                  {t('form.saved')}
                </Group>
              )}
            </Text>
            <Group gap="xs">
              {isDirty ? (
                <Button variant="default" size="xs" onClick={discard}>
                  {t('form.discard')}
                </Button>
              ) : null}
              <Button type="submit" size="xs" disabled={!isDirty} loading={isSaving}>
                {t('form.save')}
              </Button>
            </Group>
          </Group>
        </Paper>
      ) : null}
      <Modal
        opened={blocker.status === 'blocked'}
        onClose={() => blocker.reset?.()}
        title={t('form.leave.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Text size="sm" mb="md">
          {t('form.leave.text')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('form.leave.go')}
          </Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>
            {t('form.leave.stay')}
          </Button>
        </Group>
      </Modal>
    </form>
  )
}

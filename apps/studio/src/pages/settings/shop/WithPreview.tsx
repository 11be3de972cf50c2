import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { SettingsFormFrame } from '../form/SettingsFormFrame.tsx'
import type { SettingsForm } from '../form/useSettingsForm.ts'
import { MailPreview } from './MailPreview.tsx'
import classes from './WithPreview.module.css'

/** Fields, and a mail beside them that shows what they make of it. */
export function WithPreview({ form, children }: { form: SettingsForm; children: ReactNode }) {
  return (
    <div className={classes.columns}>
      <SettingsFormFrame form={form}>
        <Stack gap="md">{children}</Stack>
      </SettingsFormFrame>
      <MailPreview patch={form.patch} locale={form.saved.locale.slice(0, 2)} />
    </div>
  )
}

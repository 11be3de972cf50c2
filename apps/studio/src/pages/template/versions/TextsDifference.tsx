import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLanguageNames } from '../../../formats/useLanguageNames.ts'
import type { TextDifference } from '../parts/describeDifference.ts'
import classes from './VersionsView.module.css'

/** Which texts have changed, and from what to what. */
export function TextsDifference({ texts }: { texts: readonly TextDifference[] }) {
  const { t } = useTranslation('template')
  const names = useLanguageNames()
  return (
    <Stack gap="xs">
      {texts.map(({ locale, key, isFormal, before, after }) => (
        <div key={`${locale} ${String(isFormal)} ${key}`}>
          <Text size="xs" c="dimmed" className="any-text">
            {key} · {isFormal ? t('strings.formal', { language: names(locale) }) : names(locale)}
          </Text>
          {before === undefined ? null : (
            <del className={classes.gone} lang={locale}>
              {before}
            </del>
          )}
          {after === undefined ? null : (
            <ins className={classes.come} lang={locale}>
              {after}
            </ins>
          )}
        </div>
      ))}
    </Stack>
  )
}

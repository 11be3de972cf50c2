import { NativeSelect, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { useSession } from '../../session/useSession.ts'
import { chooseLocale } from '../../words/chooseLocale.ts'
import { STUDIO_LOCALES } from '../../words/studioLocale.ts'
import { NameForm } from './NameForm.tsx'
import { NotInDemo } from './NotInDemo.tsx'
import { PasswordForm } from './PasswordForm.tsx'

/** Your own name, password and language. */
export function AccountPage() {
  const { t, i18n } = useTranslation(['access', 'shell'])
  const { user, isDemo } = useSession()
  return (
    <>
      <PageTitle title={t('account', { ns: 'shell' })} text={user.email} />
      <Stack gap="md" maw={560}>
        {isDemo ? (
          <NotInDemo>{t('account.demo')}</NotInDemo>
        ) : (
          <>
            <Panel title={t('account.name')}>
              <NameForm name={user.name} />
            </Panel>
            <Panel title={t('account.password')} text={t('account.passwordText')}>
              <PasswordForm />
            </Panel>
          </>
        )}
        <Panel title={t('language', { ns: 'shell' })} text={t('account.languageText')}>
          <NativeSelect
            maw={240}
            aria-label={t('language', { ns: 'shell' })}
            value={i18n.language}
            onChange={({ currentTarget }) => void chooseLocale(currentTarget.value)}
            data={Object.entries(STUDIO_LOCALES).map(([value, label]) => ({ value, label }))}
          />
        </Panel>
      </Stack>
    </>
  )
}

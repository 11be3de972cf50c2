import { Button } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { Panel } from '../../parts/Panel.tsx'

/** A shop of which nothing has come in: what will be here, and the way to it. */
export function EmptyShop() {
  const { t } = useTranslation('home')
  return (
    <Panel>
      <Empty
        icon={<IconRocket size={24} stroke={1.6} aria-hidden />}
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          <Button component={Link} to="/guide">
            {t('empty.action')}
          </Button>
        }
      />
    </Panel>
  )
}

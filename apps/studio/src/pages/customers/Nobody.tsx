import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconUsers, IconUserSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { isFiltered, type ListSearch } from './listSearch.ts'

/** What stands where nobody does: nobody is what was looked for, or there is nobody at all. */
export function Nobody({ search, onClear }: { search: ListSearch; onClear: () => void }) {
  const { t } = useTranslation('customers')
  return isFiltered(search) ? (
    <Empty
      icon={<IconUserSearch size={22} stroke={1.6} aria-hidden />}
      title={t('nobodyFound')}
      text={t('nobodyFoundText')}
      action={
        <Button variant="default" size="xs" onClick={onClear}>
          {t('clear')}
        </Button>
      }
    />
  ) : (
    <Empty
      icon={<IconUsers size={22} stroke={1.6} aria-hidden />}
      title={t('nobodyYet')}
      text={t('nobodyYetText')}
      action={
        <Button component={Link} to="/guide" size="xs">
          {t('toGuide')}
        </Button>
      }
    />
  )
}
